import type { Source } from './query.ts'

/** Metrics that others expose, and where that is written. */
interface Exporter {
  readonly source: Exclude<Source, 'app'>
  readonly name: string
  readonly version: string
  readonly metrics: readonly string[]
}

/** Everything that dashboards and rules take from exporters that are not ours. */
export const exporters: readonly Exporter[] = [
  {
    source: 'kube',
    name: 'kube-state-metrics, docs/metrics/workload/pod-metrics.md',
    version: '2.15',
    metrics: [
      'kube_pod_container_resource_limits',
      'kube_pod_container_resource_requests',
      'kube_pod_container_status_restarts_total',
    ],
  },
  {
    source: 'kube',
    name: 'cAdvisor in the kubelet, docs/storage/prometheus.md',
    version: '0.51',
    metrics: [
      'container_cpu_cfs_periods_total',
      'container_cpu_cfs_throttled_periods_total',
      'container_cpu_usage_seconds_total',
      'container_memory_working_set_bytes',
    ],
  },
  {
    source: 'kafka',
    name: 'Strimzi Metrics Reporter on the brokers (names of Kafka’s MBeans)',
    version: '0.2',
    metrics: [
      'kafka_controller_kafkacontroller_offlinepartitionscount',
      'kafka_server_brokertopicmetrics_messagesinpersec_total',
      'kafka_server_replicamanager_underreplicatedpartitions',
    ],
  },
  {
    source: 'kafka',
    name: 'Kafka Exporter, which Strimzi runs',
    version: '1.9',
    metrics: ['kafka_consumergroup_lag'],
  },
  {
    source: 'valkey',
    name: 'redis_exporter',
    version: '1.67',
    metrics: [
      'redis_commands_processed_total',
      'redis_connected_clients',
      'redis_evicted_keys_total',
      'redis_memory_used_bytes',
    ],
  },
]
