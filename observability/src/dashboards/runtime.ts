import { type Dashboard, of, type Panel, quantile, rateBy } from '../panel.ts'

const graph = (panel: Omit<Panel, 'kind'>): Panel => ({ kind: 'graph', ...panel })
const inPods = 'namespace=~"$namespace", container!=""'

/** Node processes and their pods. */
export const runtime: Dashboard = {
  uid: 'flux-runtime',
  title: 'Flux / Runtime',
  about: 'Are the processes busy, full, or held back, and what runs?',
  rows: [
    {
      title: 'Event loop',
      panels: [
        graph({
          title: 'Lag of the event loop, 99th percentile',
          description: 'How late timers are. Above 250 ms for ten minutes it is an alert.',
          unit: 's',
          queries: [
            {
              expr: `max by (instance, pod) (${of('nodejs_eventloop_lag_p99_seconds')})`,
              legend: '{{pod}}',
            },
          ],
        }),
        graph({
          title: 'Utilisation of the event loop',
          description:
            'Share of the time in which it is busy. The fan-out leaves half of it to everything else.',
          unit: 'percentunit',
          max: 1,
          queries: [
            {
              expr: `max by (instance, pod) (${of('flux_event_loop_utilization_ratio')})`,
              legend: '{{pod}}',
            },
          ],
        }),
      ],
    },
    {
      title: 'Memory',
      panels: [
        graph({
          title: 'Resident memory',
          description: 'What the kernel counts against the limit of the pod.',
          unit: 'bytes',
          queries: [
            {
              expr: `sum by (instance, pod) (${of('process_resident_memory_bytes')})`,
              legend: '{{pod}}',
            },
          ],
        }),
        graph({
          title: 'Heap in use',
          description: 'Objects of JavaScript. What rises over hours and never falls is a leak.',
          unit: 'bytes',
          queries: [
            {
              expr: `sum by (instance, pod) (${of('nodejs_heap_size_used_bytes')})`,
              legend: '{{pod}}',
            },
          ],
        }),
        graph({
          title: 'Share of time in garbage collection',
          description: 'By kind. More than a tenth is a heap that is too small for what it holds.',
          unit: 'percentunit',
          queries: [
            {
              expr: rateBy('instance, pod, kind', 'nodejs_gc_duration_seconds_sum'),
              legend: '{{pod}} {{kind}}',
            },
          ],
        }),
        graph({
          title: 'Pauses for garbage collection, 95th percentile',
          description:
            'How long one takes. Everybody on the replica waits meanwhile; above 100 ms its heap is too full.',
          unit: 's',
          queries: [
            {
              expr: quantile(0.95, 'nodejs_gc_duration_seconds', 'instance'),
              legend: '{{instance}}',
            },
          ],
        }),
        graph({
          title: 'Memory against the limit',
          description: 'At 1 the kernel ends the container.',
          unit: 'percentunit',
          max: 1,
          queries: [
            {
              source: 'kube',
              expr: `max by (pod, container) (container_memory_working_set_bytes{${inPods}}) / on (pod, container) max by (pod, container) (kube_pod_container_resource_limits{${inPods}, resource="memory"})`,
              legend: '{{pod}} {{container}}',
            },
          ],
        }),
      ],
    },
    {
      title: 'Processor',
      panels: [
        graph({
          title: 'Cores in use',
          description:
            'Processor time of each process. One thread does most of the work: near 1 it is full.',
          unit: 'short',
          queries: [
            { expr: rateBy('instance, pod', 'process_cpu_seconds_total'), legend: '{{pod}}' },
          ],
        }),
        graph({
          title: 'Held back by the limit',
          description:
            'Share of the periods in which a container wanted more processor than it was given. It shows as latency.',
          unit: 'percentunit',
          queries: [
            {
              source: 'kube',
              expr: `sum by (pod, container) (rate(container_cpu_cfs_throttled_periods_total{${inPods}}[$__rate_interval])) / sum by (pod, container) (rate(container_cpu_cfs_periods_total{${inPods}}[$__rate_interval]))`,
              legend: '{{pod}} {{container}}',
            },
          ],
        }),
        graph({
          title: 'Processor against the request',
          description: 'Above 1 it lives on what others leave.',
          unit: 'percentunit',
          queries: [
            {
              source: 'kube',
              expr: `sum by (pod, container) (rate(container_cpu_usage_seconds_total{${inPods}}[$__rate_interval])) / on (pod, container) max by (pod, container) (kube_pod_container_resource_requests{${inPods}, resource="cpu"})`,
              legend: '{{pod}} {{container}}',
            },
          ],
        }),
        graph({
          title: 'Starts of containers',
          description: 'In the last hour. Each one has its reason in `kubectl describe pod`.',
          unit: 'short',
          queries: [
            {
              source: 'kube',
              expr: 'sum by (pod, container) (increase(kube_pod_container_status_restarts_total{namespace=~"$namespace"}[1h]))',
              legend: '{{pod}} {{container}}',
            },
          ],
        }),
      ],
    },
    {
      title: 'What runs',
      panels: [
        graph({
          title: 'Processes by version',
          description: 'Two lines of one service: a roll-out is under way.',
          unit: 'short',
          stacked: true,
          queries: [
            {
              expr: `count by (service, version, revision) (${of('flux_build_info')})`,
              legend: '{{service}} {{version}} {{revision}}',
            },
          ],
        }),
        graph({
          title: 'Time since the start',
          description: 'Of each process. What begins at 0 again was started again.',
          unit: 's',
          queries: [
            {
              expr: `time() - max by (instance, pod) (${of('process_start_time_seconds')})`,
              legend: '{{pod}}',
            },
          ],
        }),
        graph({
          title: 'Open files and sockets',
          description: 'Of each process. A replica has one for each client.',
          unit: 'short',
          queries: [
            { expr: `max by (instance, pod) (${of('process_open_fds')})`, legend: '{{pod}}' },
          ],
        }),
        graph({
          title: 'Processes that do not answer their scraper',
          description:
            'By service. After two minutes it is an alert; what else these processes tell is older than it looks.',
          unit: 'short',
          queries: [
            {
              expr: `count by (job) (${of('up')}) - sum by (job) (${of('up')})`,
              legend: '{{job}}',
            },
          ],
        }),
      ],
    },
  ],
}
