import { type Dashboard, of, type Panel, rateBy } from '../panel.ts'

const kafka = (panel: Omit<Panel, 'kind' | 'queries'>, expr: string, legend: string): Panel => ({
  kind: 'graph',
  ...panel,
  queries: [{ source: 'kafka', expr, legend }],
})
const valkey = (panel: Omit<Panel, 'kind' | 'queries'>, expr: string, legend: string): Panel => ({
  kind: 'graph',
  ...panel,
  queries: [{ source: 'valkey', expr, legend }],
})
const here = 'namespace=~"$namespace"'

/** What Flux leans on. The first row needs nothing but Flux; the others need the exporters of Kafka and Valkey. */
export const kafkaValkey: Dashboard = {
  uid: 'flux-kafka-valkey',
  title: 'Flux / Kafka and Valkey',
  about: 'Do the brokers and the cache answer, and how full are they?',
  rows: [
    {
      title: 'As our processes see them',
      panels: [
        {
          kind: 'graph',
          title: 'Records sent, by outcome',
          description:
            '`unknown`: no acknowledgement came; the record may be stored, and is sent again.',
          unit: 'ops',
          queries: [
            {
              expr: rateBy('topic, outcome', 'flux_bus_records_sent_total'),
              legend: '{{topic}} {{outcome}}',
            },
          ],
        },
        {
          kind: 'graph',
          title: 'Calls to the cache',
          description: 'By operation and outcome. Errors are misses: nothing waits for Valkey.',
          unit: 'ops',
          queries: [
            {
              expr: rateBy('operation, outcome', 'flux_cache_requests_total'),
              legend: '{{operation}} {{outcome}}',
            },
          ],
        },
        {
          kind: 'graph',
          title: 'Calls to the cache that failed',
          description: 'By process. See the runbook of FluxCacheErrors.',
          unit: 'ops',
          queries: [{ expr: rateBy('job', 'flux_cache_errors_total'), legend: '{{job}}' }],
        },
        {
          kind: 'graph',
          title: 'Snapshots',
          description: 'Newest values kept in Valkey for replicas that start while Kafka is away.',
          unit: 'ops',
          queries: [
            { expr: rateBy('', 'flux_snapshot_writes_total'), legend: 'written' },
            { expr: `sum(${of('flux_snapshot_reads_total')})`, legend: 'read since the start' },
          ],
        },
      ],
    },
    {
      title: 'Kafka',
      panels: [
        kafka(
          {
            title: 'Messages in a second',
            description: 'By topic, as the brokers count them.',
            unit: 'ops',
          },
          `sum by (topic) (rate(kafka_server_brokertopicmetrics_messagesinpersec_total{${here}, topic!=""}[$__rate_interval]))`,
          '{{topic}}',
        ),
        kafka(
          {
            title: 'Partitions without all of their replicas',
            description:
              'Anything but 0 for more than a restart is a broker that is away or a disk that is full.',
            unit: 'short',
          },
          `sum(kafka_server_replicamanager_underreplicatedpartitions{${here}})`,
          'under-replicated',
        ),
        kafka(
          {
            title: 'Partitions without a leader',
            description: 'They take nothing and give nothing. It has to be 0.',
            unit: 'short',
          },
          `max(kafka_controller_kafkacontroller_offlinepartitionscount{${here}})`,
          'offline',
        ),
        kafka(
          {
            title: 'Lag of the consumer groups',
            description:
              'Of services, which commit. The tails of the BFF never do: see Flux / Pipeline.',
            unit: 'short',
          },
          `sum by (consumergroup, topic) (kafka_consumergroup_lag{${here}})`,
          '{{consumergroup}} {{topic}}',
        ),
      ],
    },
    {
      title: 'Valkey',
      panels: [
        valkey(
          {
            title: 'Commands a second',
            description: 'All of them, as the server counts them.',
            unit: 'ops',
          },
          `sum by (instance) (rate(redis_commands_processed_total{${here}}[$__rate_interval]))`,
          '{{instance}}',
        ),
        valkey(
          {
            title: 'Memory',
            description:
              'Everything in it may be lost; at its limit it throws away what is oldest.',
            unit: 'bytes',
          },
          `sum by (instance) (redis_memory_used_bytes{${here}})`,
          '{{instance}}',
        ),
        valkey(
          {
            title: 'Connected clients',
            description: 'Three for each process: calls, publishing and subscribing.',
            unit: 'short',
          },
          `sum by (instance) (redis_connected_clients{${here}})`,
          '{{instance}}',
        ),
        valkey(
          {
            title: 'Keys thrown away',
            description: 'For want of memory, a second. Give it more, or let entries live shorter.',
            unit: 'ops',
          },
          `sum by (instance) (rate(redis_evicted_keys_total{${here}}[$__rate_interval]))`,
          '{{instance}}',
        ),
      ],
    },
  ],
}
