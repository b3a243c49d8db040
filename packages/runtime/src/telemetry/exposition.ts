import { type OpenMetricsContentType, Registry } from 'prom-client'

/** Metrics as text, and the content type of that text. */
export interface Exposition {
  readonly type: string
  readonly body: string
}

/** Writes OpenMetrics, with exemplars, where the `Accept` header takes it, else the Prometheus text format. */
export type Expose = (accept: string | undefined) => Promise<Exposition>

const takesOpenMetrics = (accept: string | undefined): boolean =>
  (accept ?? '').toLowerCase().includes('application/openmetrics-text')

/**
 * A registry of prom-client writes one format, so the other one gets a registry of its own. For OpenMetrics prom-client
 * takes `_total` off the counters themselves, and has read the names before it first waits: they are put back in the
 * same turn, or the other format would lose them.
 */
const exposeOpen = async (plain: Registry): Promise<Exposition> => {
  const open = new Registry<OpenMetricsContentType>()
  open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  const named = plain.getMetricsAsArray().map((metric) => [metric, metric.name] as const)
  for (const [, name] of named) {
    const metric = plain.getSingleMetric(name)
    if (metric) open.registerMetric(metric)
  }
  const text = open.metrics()
  for (const [metric, name] of named) metric.name = name
  return { type: open.contentType, body: await text }
}

/** Exposes the metrics of a registry. A `collect` has to be synchronous, as `MetricSpec` asks for it. */
export const createExpose =
  (plain: Registry): Expose =>
  async (accept) =>
    takesOpenMetrics(accept)
      ? await exposeOpen(plain)
      : { type: plain.contentType, body: await plain.metrics() }
