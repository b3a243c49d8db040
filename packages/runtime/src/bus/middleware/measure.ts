import type { Clock } from '../../clock.ts'
import { FluxError } from '../../errors.ts'
import { observeTraced } from '../../telemetry/exemplar.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import type { Middleware } from '../port.ts'

/** What measuring needs. */
export interface MeasureOptions {
  readonly metrics: Metrics
  readonly clock: Clock
  /** Topics whose series exist from the start. */
  readonly topics: readonly string[]
}

/** Counts records by outcome (`done`, or the error's code), times them, and tells how old they were when they came. */
export const measured = ({ metrics, clock, topics }: MeasureOptions): Middleware => {
  const handled = metrics.counter({
    name: 'flux_bus_records_handled_total',
    help: 'Records that a handler finished, by outcome: done or the code of its error.',
    labels: ['topic', 'outcome'],
    series: topics.map((topic) => ({ topic, outcome: 'done' })),
  })
  const seconds = metrics.histogram({
    name: 'flux_bus_handle_seconds',
    help: 'Time that a handler took for a record.',
    labels: ['topic'],
    series: topics.map((topic) => ({ topic })),
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    exemplars: true,
  })
  const age = metrics.histogram({
    name: 'flux_bus_record_age_seconds',
    help: 'Time from the append at the broker until a handler began with the record.',
    labels: ['topic'],
    series: topics.map((topic) => ({ topic })),
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300],
  })
  return (next) => async (record, context) => {
    const { topic } = record
    const startedAt = clock.monotonic()
    age.observe({ topic }, Math.max(0, clock.now() - record.timestamp) / 1000)
    let outcome = 'done'
    try {
      await next(record, context)
    } catch (error) {
      outcome = error instanceof FluxError ? error.code : 'bug'
      throw error
    } finally {
      handled.inc({ topic, outcome })
      const value = (clock.monotonic() - startedAt) / 1000
      observeTraced(seconds, { labels: { topic }, value })
    }
  }
}
