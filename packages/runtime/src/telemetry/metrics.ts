import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { createExpose, type Expose } from './exposition.ts'

type LabelValues = Readonly<Record<string, string>>

/** A metric's definition; `series` lists the label sets that exist from the start, at zero. */
export interface MetricSpec {
  /** Prometheus name, unit in it: `flux_…_total`, `flux_…_seconds`, `flux_…_bytes`. */
  readonly name: string
  readonly help: string
  readonly labels?: readonly string[]
  readonly series?: readonly LabelValues[]
}

/** Makes and keeps the metrics of one process; nothing is registered globally. */
export interface Metrics {
  readonly registry: Registry
  counter(spec: MetricSpec): Counter
  /** With `collect`, the value is read when it is scraped. */
  gauge(spec: MetricSpec & { collect?: (gauge: Gauge) => void }): Gauge
  /** With `exemplars`, what `observeTraced` observes carries its trace. */
  histogram(spec: MetricSpec & { buckets: readonly number[]; exemplars?: boolean }): Histogram
  /** Everything as text, in the format that is asked for. */
  readonly expose: Expose
}

/** Metrics in a registry of their own. Asking for a name again throws, as prom-client does. */
export const createMetrics = (): Metrics => {
  const registry = new Registry()
  const base = (spec: MetricSpec) => ({
    name: spec.name,
    help: spec.help,
    labelNames: [...(spec.labels ?? [])],
    registers: [registry],
  })
  return {
    registry,
    expose: createExpose(registry),
    counter: (spec) => {
      const counter = new Counter(base(spec))
      for (const labels of spec.series ?? []) counter.inc(labels, 0)
      return counter
    },
    gauge: (spec) => {
      const { collect } = spec
      const gauge: Gauge = new Gauge({
        ...base(spec),
        ...(collect && { collect: () => collect(gauge) }),
      })
      for (const labels of spec.series ?? []) gauge.set(labels, 0)
      return gauge
    },
    histogram: (spec) => {
      const enableExemplars = spec.exemplars ?? false
      const buckets = [...spec.buckets]
      // prom-client refuses exemplars where the other format is written, though it leaves them out there by itself.
      const histogram = new Histogram({ ...base(spec), buckets, enableExemplars, registers: [] })
      registry.registerMetric(histogram)
      for (const labels of spec.series ?? []) histogram.zero(labels)
      return histogram
    },
  }
}
