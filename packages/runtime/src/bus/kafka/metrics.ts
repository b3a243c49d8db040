import type { Metrics } from '../../telemetry/metrics.ts'
import type { ResetReason } from '../port.ts'

/** The bus's own metrics, made once per process. */
export const createBusMetrics = (metrics: Metrics) => {
  const records = metrics.counter({
    name: 'flux_bus_records_sent_total',
    help: 'Records handed to the broker by outcome; unknown: no acknowledgement, may or may not be stored',
    labels: ['topic', 'outcome'],
  })
  const seconds = metrics.histogram({
    name: 'flux_bus_send_seconds',
    help: 'Time from the call to the acknowledgement by all in-sync replicas',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  })
  const resets = metrics.counter({
    name: 'flux_tail_resets_total',
    help: 'Times that a tail threw away what it knew of the log',
    labels: ['reason'],
    series: [{ reason: 'epoch_changed' }, { reason: 'log_shorter' }],
  })
  const lag = metrics.gauge({
    name: 'flux_tail_lag_records',
    help: 'Records between the position of the tail and the end of the topic',
    labels: ['topic'],
  })
  return {
    /** Counts and times what was sent; the work's own outcome passes through. */
    sent: async (topic: string, count: number, work: Promise<void>): Promise<void> => {
      const end = seconds.startTimer()
      try {
        await work
        records.inc({ topic, outcome: 'stored' }, count)
        end()
      } catch (error) {
        records.inc({ topic, outcome: 'unknown' }, count)
        throw error
      }
    },
    reset: (reason: ResetReason) => resets.inc({ reason }),
    lag: (topic: string, count: number) => lag.set({ topic }, count),
  }
}
