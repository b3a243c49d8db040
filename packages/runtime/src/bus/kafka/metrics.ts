import type { Metrics } from '../../telemetry/metrics.ts'
import type { Batch, ResetReason } from '../port.ts'

const sentOutcomes = ['stored', 'unknown'] as const

const createSendMetrics = (metrics: Metrics, topics: readonly string[]) => {
  const records = metrics.counter({
    name: 'flux_bus_records_sent_total',
    help: 'Records handed to the broker by outcome; unknown: no acknowledgement, may or may not be stored.',
    labels: ['topic', 'outcome'],
    series: topics.flatMap((topic) => sentOutcomes.map((outcome) => ({ topic, outcome }))),
  })
  const seconds = metrics.histogram({
    name: 'flux_bus_send_seconds',
    help: 'Time from the call to the acknowledgement by all in-sync replicas.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  })
  /** Counts and times what was sent; the work's own outcome passes through. */
  return async (topic: string, count: number, work: Promise<void>): Promise<void> => {
    const end = seconds.startTimer()
    try {
      await work
      records.inc({ topic, outcome: 'stored' }, count)
      end()
    } catch (error) {
      records.inc({ topic, outcome: 'unknown' }, count)
      throw error
    }
  }
}

const createGroupMetrics = (metrics: Metrics) => {
  const rebalances = metrics.counter({
    name: 'flux_group_rebalances_total',
    help: 'Times that the consumer group of this process shared out its partitions, its own joining included.',
  })
  return { rebalanced: () => rebalances.inc() }
}

const createTailMetrics = (metrics: Metrics, topics: readonly string[]) => {
  const series = topics.map((topic) => ({ topic }))
  const resets = metrics.counter({
    name: 'flux_tail_resets_total',
    help: 'Times that a tail threw away what it knew of the log.',
    labels: ['reason'],
    series: [{ reason: 'epoch_changed' }, { reason: 'log_shorter' }],
  })
  const lag = metrics.gauge({
    name: 'flux_tail_lag_records',
    help: 'Records between the position of the tail and the end of the topic.',
    labels: ['topic'],
    series,
  })
  const age = metrics.histogram({
    name: 'flux_tail_record_age_seconds',
    help: 'Time from the append at the broker until the tail had the record, while it was live.',
    labels: ['topic'],
    series,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
  })
  const ages = new Map(topics.map((topic) => [topic, age.labels(topic)]))
  return {
    reset: (reason: ResetReason) => resets.inc({ reason }),
    lag: (topic: string, count: number) => lag.set({ topic }, count),
    /** Records that a live tail has read; `now` in epoch milliseconds. */
    read: ({ topic, records }: Batch, now: number) => {
      const own = ages.get(topic)
      for (const { timestamp } of records) own?.observe(Math.max(0, now - timestamp) / 1_000)
    },
  }
}

/**
 * The bus's own metrics, made once per process: those of a group and of a tail when there is one. `sends` are the topics
 * whose series exist from the start.
 */
export const createBusMetrics = (metrics: Metrics, sends: readonly string[]) => {
  let group: ReturnType<typeof createGroupMetrics> | undefined
  let tail: ReturnType<typeof createTailMetrics> | undefined
  return {
    sent: createSendMetrics(metrics, sends),
    group: () => {
      group ??= createGroupMetrics(metrics)
      return group
    },
    tail: (topics: readonly string[]) => {
      tail ??= createTailMetrics(metrics, topics)
      return tail
    },
  }
}
