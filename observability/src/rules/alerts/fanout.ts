import type { Alert } from '../alert.ts'

const pod = 'namespace="flux", job="bff", pod="bff-1"'
const labels = { namespace: 'flux', pod: 'bff-1' }
const sockets = (name: string) => `flux_sockets{namespace="flux", job="bff", pod="${name}"}`

/** Sockets and those behind them. */
export const fanoutAlerts: readonly Alert[] = [
  {
    name: 'FluxSlowClientsClosed',
    severity: 'info',
    source: 'app',
    expr: 'sum by (namespace, pod, reason) (increase(flux_mailbox_closed_sockets_total[10m])) / on (namespace, pod) group_left () (flux_sockets > 0) > 0.01',
    for: '5m',
    summary: 'Clients are closed for being slow: {{ $labels.reason }}',
    description:
      '{{ $labels.pod }} in {{ $labels.namespace }} closed {{ $value | humanizePercentage }} of its connections in ten minutes, as they took less than they were sent.',
    runbook: {
      means:
        '`stalled`: no byte left for 15 s, mostly networks that are gone. `backlog`: more waited than a mailbox may hold. `failed`: what a client was owed could not be made. They come back with their cursors.',
      look: [
        'How many are slow now: `sum by (pod, state) (flux_mailbox_sockets)`, and what they hold: `sum by (pod) (flux_mailbox_held_bytes)`.',
        'One network or all: the load balancer before the replicas.',
      ],
      act: [
        'One address range: their way here.',
        'All of them: the line out of the cluster is full. `sum(rate(flux_delivered_bytes_total[5m]))` is what leaves; clients that want less choose a lower `maxHz`.',
        '`failed`: report it with `kubectl logs -l app.kubernetes.io/component=bff --tail=100`',
      ],
      over: 'Less than one in a hundred in ten minutes.',
    },
    fires: {
      series: {
        [`flux_mailbox_closed_sockets_total{${pod}, reason="stalled"}`]: '0+2x40',
        [sockets('bff-1')]: '100x40',
      },
      at: '30m',
      labels: { ...labels, reason: 'stalled' },
    },
    silent: {
      series: {
        [`flux_mailbox_closed_sockets_total{${pod}, reason="stalled"}`]: '0+2x40',
        [sockets('bff-1')]: '10000x40',
      },
      at: '30m',
    },
    // The last one of an empty replica is no share of anything.
    alsoSilent: [
      {
        series: {
          [`flux_mailbox_closed_sockets_total{${pod}, reason="stalled"}`]: '0+2x40',
          [sockets('bff-1')]: '0x40',
        },
        at: '30m',
      },
    ],
  },
  {
    name: 'FluxNotPacked',
    severity: 'warning',
    source: 'app',
    expr: 'min by (namespace, pod) (flux_fanout_packed) == 0',
    for: '5m',
    summary: '{{ $labels.pod }} sends events one by one',
    description:
      'The internals of Socket.IO are not what {{ $labels.pod }} in {{ $labels.namespace }} expects: everything arrives, at many times the cost.',
    runbook: {
      means:
        'Packing writes one frame per socket and tick, and needs the exact versions of socket.io, engine.io and ws that it was tested with. With others it falls back to plain emits.',
      look: [
        'What is missing: `kubectl logs -l app.kubernetes.io/component=bff --tail=500`, the line "Socket.IO is not as expected".',
        'Which image: `kubectl get deploy flux-bff -o wide`',
      ],
      act: [
        'An image built with other versions: build it from the lock file. `make images`',
        'Until then more replicas carry the cost: `kubectl scale deploy/flux-bff --replicas=4`',
      ],
      over: '`flux_fanout_packed` is 1.',
    },
    fires: { series: { [`flux_fanout_packed{${pod}}`]: '0x20' }, at: '10m', labels },
    silent: { series: { [`flux_fanout_packed{${pod}}`]: '1x20' }, at: '10m' },
  },
  {
    name: 'FluxConnectionsUneven',
    severity: 'info',
    source: 'app',
    expr: '(max by (namespace) (flux_sockets) / avg by (namespace) (flux_sockets) > 1.5) and on (namespace) (sum by (namespace) (flux_sockets) > 500)',
    for: '30m',
    summary: 'One replica carries far more clients than the others',
    description:
      'The fullest replica in {{ $labels.namespace }} has {{ $value | humanize }} times as many connections as they have on average.',
    runbook: {
      means:
        'Connections stay where they began. After a roll-out or a scale-up new replicas are empty until clients come; a balancer that keeps clients on one replica does it for good.',
      look: [
        'By replica: `sum by (pod) (flux_sockets)`.',
        'Whether clients come and go at all: `sum by (pod, change) (rate(flux_connections_total[5m]))`.',
      ],
      act: [
        'The balancer: least connections, no affinity (docs/install.md).',
        'Even them out now: `kubectl rollout restart deploy/flux-bff`; clients leave paced, and recover.',
      ],
      over: 'The ratio is under 1.5.',
    },
    fires: {
      series: { [sockets('bff-1')]: '1000x60', [sockets('bff-2')]: '100x60' },
      at: '45m',
      labels: { namespace: 'flux' },
    },
    silent: {
      series: { [sockets('bff-1')]: '1000x60', [sockets('bff-2')]: '900x60' },
      at: '45m',
    },
    // A handful of clients is uneven by chance.
    alsoSilent: [
      { series: { [sockets('bff-1')]: '10x60', [sockets('bff-2')]: '1x60' }, at: '45m' },
    ],
  },
  {
    name: 'FluxDrainTooLong',
    severity: 'warning',
    source: 'app',
    expr: 'max by (namespace, pod) (flux_draining) == 1',
    for: '5m',
    summary: '{{ $labels.pod }} has been draining for five minutes',
    description:
      '{{ $labels.pod }} in {{ $labels.namespace }} takes no new clients and has not ended.',
    runbook: {
      means:
        'A replica drains when it is told to end, and when it alone gets nothing from Kafka. The first ends within its grace; the second stays until it is ended, or Kafka is back.',
      look: [
        'Told to end, or alone in the dark: `max by (pod, state) (flux_tail_state) == 1`.',
        'Who is still there: `sum by (pod) (flux_sockets)`.',
        '`kubectl get pods -l app.kubernetes.io/component=bff`',
      ],
      act: [
        'In the dark: see [tail-dark.md](tail-dark.md).',
        'It hangs: `kubectl delete pod POD --grace-period=0`; its clients come back elsewhere with their cursors.',
      ],
      over: '`flux_draining` is 0, or the replica is gone.',
    },
    fires: { series: { [`flux_draining{${pod}}`]: '1x20' }, at: '10m', labels },
    silent: { series: { [`flux_draining{${pod}}`]: '1x3 0x20' }, at: '10m' },
  },
]
