import { TraceFlags, trace } from '@opentelemetry/api'
import type { Histogram } from 'prom-client'

/** Id of the active trace when it is recorded, so that there is something to look at; else `undefined`. */
const activeTrace = (): string | undefined => {
  const span = trace.getActiveSpan()?.spanContext()
  return span && (span.traceFlags & TraceFlags.SAMPLED) !== 0 ? span.traceId : undefined
}

/**
 * Observes a value in a histogram that was made with `exemplars`, naming the trace that it belongs to: the active one by
 * default. A histogram of that kind takes no other form of `observe` but those of its labelled children.
 */
export const observeTraced = (
  histogram: Histogram,
  observation: { readonly labels: Readonly<Record<string, string>>; readonly value: number },
  traceId: string | undefined = activeTrace(),
): void => {
  const { labels, value } = observation
  histogram.observe({
    ...{ labels, value },
    ...(traceId !== undefined && { exemplarLabels: { trace_id: traceId } }),
  })
}
