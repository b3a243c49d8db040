import type { Alert } from '../alert.ts'

const lag = 'nodejs_eventloop_lag_p99_seconds{namespace="flux", job="bff", pod="bff-1"}'
const bff = 'flux_build_info{namespace="flux", job="bff", pod="bff-1"}'
const up = 'up{namespace="flux", job="news-service", pod="news-1"}'
const restarted =
  'kube_pod_container_status_restarts_total{namespace="flux", pod="p", container="bff"}'
const used = 'container_memory_working_set_bytes{namespace="flux", pod="p", container="bff"}'
const limit =
  'kube_pod_container_resource_limits{namespace="flux", pod="p", container="bff", resource="memory"}'

/** Only where Flux is: Kubernetes' exporters tell of every namespace. */
const ours = 'and on (namespace) count by (namespace) (flux_build_info)'
const here = { 'flux_build_info{namespace="flux"}': '1x30' }

/** Metrics without which nobody would know that a promise is broken. */
const needed = [
  'flux_connections_total',
  'flux_delivery_latency_seconds_count',
  'flux_channel_rooms',
  'flux_canary_records_total',
]

const without = (missing?: string) =>
  Object.fromEntries(
    needed.filter((name) => name !== missing).map((name) => [`${name}{namespace="flux"}`, '1x30']),
  )

/** Processes and their pods. */
export const processAlerts: readonly Alert[] = [
  {
    name: 'FluxProcessDown',
    severity: 'critical',
    source: 'app',
    // Others have services too: ours are where Flux has been seen within a day.
    expr: 'up{job=~"bff|.+-service"} == 0 and on (namespace) count by (namespace) (last_over_time(flux_build_info[1d]))',
    for: '2m',
    summary: '{{ $labels.pod }} ({{ $labels.job }}) does not answer',
    description:
      'The internal port of {{ $labels.pod }} in {{ $labels.namespace }} has not answered for two minutes.',
    runbook: {
      means:
        'The process is gone, hangs, or a NetworkPolicy keeps the scrapers out. One replica of several costs users a reconnect; a service without replicas costs its channels.',
      look: [
        '`kubectl get pods -l app.kubernetes.io/part-of=flux`',
        '`kubectl describe pod POD` (what ended it last)',
        'Its own word: `kubectl port-forward POD 9464`, then `curl -s localhost:9464/readyz`',
      ],
      act: [
        'It ends by itself with code 78: its settings are wrong, and its log says which. `kubectl logs POD --previous`',
        'It answers and is not scraped: `networkPolicy.metrics` in the values.',
      ],
      over: 'Its `up` is 1 again.',
    },
    fires: {
      // All of Flux is gone.
      series: { ...here, [up]: '1x5 0x20', 'flux_build_info{namespace="flux"}': '1x5' },
      at: '20m',
      labels: { namespace: 'flux', job: 'news-service', pod: 'news-1' },
    },
    silent: { series: { ...here, [up]: '1x20' }, at: '5m' },
    alsoSilent: [{ series: { ...here, [up.replace('flux', 'theirs')]: '0x20' }, at: '5m' }],
  },
  {
    name: 'FluxMetricsMissing',
    severity: 'warning',
    source: 'app',
    expr: needed.map((name) => `absent(${name})`).join(' or '),
    for: '10m',
    summary: 'Nothing is known of a promise',
    description:
      'A metric that a service level is made of is not there: its alerts cannot fire, whatever happens.',
    runbook: {
      means: `Nobody exposes one of ${needed.map((name) => `\`${name}\``).join(', ')}: no BFF runs, or none is scraped.`,
      look: [
        'Who is scraped: `up`.',
        '`kubectl get servicemonitor,service -l app.kubernetes.io/part-of=flux`',
      ],
      act: [
        'The ServiceMonitor is not taken up: its labels have to be those that the Prometheus looks for (`serviceMonitor.labels` in the values).',
        'The scrapers are kept out: `networkPolicy.metrics` in the values.',
      ],
      over: 'All four exist.',
    },
    fires: {
      series: without(needed[0]),
      at: '15m',
      labels: {},
    },
    alsoFires: needed.slice(1).map((name) => ({ series: without(name), at: '15m', labels: {} })),
    silent: { series: without(), at: '15m' },
  },
  {
    name: 'FluxEventLoopSlow',
    severity: 'warning',
    source: 'app',
    expr: 'max by (namespace, job, pod) (nodejs_eventloop_lag_p99_seconds{job=~"bff|.+-service"}) > 0.25 and on (namespace, job, pod) count by (namespace, job, pod) (flux_build_info)',
    for: '10m',
    summary: 'The event loop of {{ $labels.pod }} is late',
    description:
      'Something keeps {{ $labels.pod }} ({{ $labels.job }}) in {{ $labels.namespace }} busy for {{ $value | humanizeDuration }} at a time.',
    runbook: {
      means:
        'While the loop is busy nothing is read, sent or answered: handshakes wait, heartbeats are late. The fan-out leaves at least half of the time to everything else, so it is rarely the cause.',
      look: [
        'How busy: `max by (pod) (flux_event_loop_utilization_ratio)`; how much of it is garbage: `sum by (pod, kind) (rate(nodejs_gc_duration_seconds_sum[5m]))`.',
        'Held back by its limit: `kubectl top pods -l app.kubernetes.io/component=bff`',
        'What it is sent: `sum by (channel) (rate(flux_tail_records_total[5m]))`; what it sends: `sum by (pod) (rate(flux_deliveries_total[5m]))`.',
      ],
      act: [
        'More replicas: `kubectl scale deploy/flux-bff --replicas=4`',
        'Heap at its limit: raise `bff.resources.limits.memory`.',
      ],
      over: 'The 99th percentile is under 250 ms.',
    },
    fires: {
      series: { [lag]: '0.4x30', [bff]: '1x30' },
      at: '15m',
      labels: { namespace: 'flux', job: 'bff', pod: 'bff-1' },
    },
    silent: { series: { [lag]: '0.03x30', [bff]: '1x30' }, at: '15m' },
    alsoSilent: [
      { series: { [lag.replace('bff-1', 'theirs')]: '0.4x30', [bff]: '1x30' }, at: '15m' },
    ],
  },
  {
    name: 'FluxPodRestarting',
    severity: 'warning',
    source: 'kube',
    expr: `sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total[15m])) > 2 ${ours}`,
    for: '5m',
    summary: '{{ $labels.pod }} starts again and again',
    description:
      'Container {{ $labels.container }} of {{ $labels.pod }} in {{ $labels.namespace }} was started {{ $value | humanize }} times in 15 minutes.',
    runbook: {
      means: 'The process ends soon after its start: wrong settings, no memory, or a bug.',
      look: ['`kubectl describe pod POD` (reason and exit code)', '`kubectl logs POD --previous`'],
      act: [
        'Exit code 78: the log lists every setting that is wrong, at once.',
        'OOMKilled: see [memory-near-limit.md](memory-near-limit.md).',
        'Since the last upgrade: `helm rollback flux`',
      ],
      over: 'No restart for 15 minutes.',
    },
    fires: {
      series: { ...here, [restarted]: '0+1x30' },
      at: '20m',
      labels: { namespace: 'flux', pod: 'p', container: 'bff' },
    },
    silent: { series: { [restarted]: '0+1x30' }, at: '20m' },
    alsoSilent: [{ series: { ...here, [restarted]: '0x10 1x20' }, at: '20m' }],
  },
  {
    name: 'FluxMemoryNearLimit',
    severity: 'warning',
    source: 'kube',
    expr: `max by (namespace, pod, container) (container_memory_working_set_bytes{container!=""}) / on (namespace, pod, container) group_left () max by (namespace, pod, container) (kube_pod_container_resource_limits{resource="memory"}) > 0.9 ${ours}`,
    for: '10m',
    summary: '{{ $labels.container }} of {{ $labels.pod }} is near its memory limit',
    description:
      '{{ $value | humanizePercentage }} of the limit are in use in {{ $labels.namespace }}; at the limit the kernel ends it.',
    runbook: {
      means:
        'A BFF replica needs about 30 KiB per connection beside what the channels hold. More than that is a crowd, or a leak.',
      look: [
        'How many are connected: `sum by (pod) (flux_sockets)`; what slow ones hold: `sum by (pod) (flux_mailbox_held_bytes)`.',
        'Heap or outside of it: `nodejs_heap_size_used_bytes` beside `process_resident_memory_bytes`.',
      ],
      act: [
        'A crowd: raise `bff.resources.limits.memory`, or more replicas: `kubectl scale deploy/flux-bff --replicas=4`',
        'Memory grows and connections do not: `kubectl rollout restart deploy/flux-bff`, and report it with both curves.',
      ],
      over: 'Under 90 % of the limit.',
    },
    fires: {
      series: { ...here, [used]: '950x30', [limit]: '1000x30' },
      at: '15m',
      labels: { namespace: 'flux', pod: 'p', container: 'bff' },
    },
    silent: { series: { ...here, [used]: '600x30', [limit]: '1000x30' }, at: '15m' },
    alsoSilent: [{ series: { [used]: '950x30', [limit]: '1000x30' }, at: '15m' }],
  },
]
