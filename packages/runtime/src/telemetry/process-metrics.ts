import { performance } from 'node:perf_hooks'
import { collectDefaultMetrics } from 'prom-client'
import type { Metrics } from './metrics.ts'

/** What `flux_build_info` says. */
export interface BuildInfo {
  readonly service: string
  readonly version: string
  readonly revision: string
}

/**
 * Sums of prom-client that look like counters and are none: the metrics beside them have the same by kind.
 * `promtool check metrics` refuses such a name.
 */
const misnamed = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
]

/** Registers what every Node process tells: memory, CPU, event loop, garbage collection and its build. */
export const registerProcessMetrics = (metrics: Metrics, build: BuildInfo): void => {
  collectDefaultMetrics({ register: metrics.registry, eventLoopMonitoringPrecision: 20 })
  for (const name of misnamed) metrics.registry.removeSingleMetric(name)
  let last = performance.eventLoopUtilization()
  metrics.gauge({
    name: 'flux_event_loop_utilization_ratio',
    help: 'Share of the time since the last scrape in which the event loop was busy.',
    collect: (gauge) => {
      const now = performance.eventLoopUtilization()
      gauge.set(performance.eventLoopUtilization(now, last).utilization)
      last = now
    },
  })
  metrics
    .gauge({
      name: 'flux_build_info',
      help: 'Always 1; the labels say what runs.',
      labels: ['service', 'version', 'revision'],
    })
    .set({ ...build }, 1)
}
