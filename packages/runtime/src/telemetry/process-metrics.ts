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
 * Of prom-client's own, those that look at every open socket whenever they are scraped, and their sums, whose names are
 * those of counters.
 */
const leftOut = ['handles', 'requests', 'resources'].flatMap((what) => [
  `nodejs_active_${what}`,
  `nodejs_active_${what}_total`,
])

/** Registers what every Node process tells: memory, CPU, event loop, garbage collection and its build. */
export const registerProcessMetrics = (metrics: Metrics, build: BuildInfo): void => {
  collectDefaultMetrics({ register: metrics.registry, eventLoopMonitoringPrecision: 20 })
  for (const name of leftOut) metrics.registry.removeSingleMetric(name)
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
