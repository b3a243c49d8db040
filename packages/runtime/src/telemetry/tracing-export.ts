import {
  type Context,
  isSpanContextValid,
  SamplingDecision,
  TraceFlags,
  trace,
} from '@opentelemetry/api'

/** Who the spans come from and where they go. */
export interface ExportOptions {
  readonly service: string
  readonly version: string
  readonly replica: string
  /** Share of new traces that are recorded, 0 to 1; a caller's decision is followed. */
  readonly ratio: number
}

/** Recorded when the caller's span is; without a caller by the trace id, so that all processes decide alike. */
export const createSampler = (ratio: number) => {
  const bound = Math.floor(ratio * 0x1_0000_0000)
  const decide = (parent: Context, traceId: string): boolean => {
    const caller = trace.getSpanContext(parent)
    if (caller && isSpanContextValid(caller)) return (caller.traceFlags & TraceFlags.SAMPLED) !== 0
    return Number.parseInt(traceId.slice(0, 8), 16) < bound
  }
  return {
    shouldSample: (parent: Context, traceId: string) => ({
      decision: decide(parent, traceId)
        ? SamplingDecision.RECORD_AND_SAMPLED
        : SamplingDecision.NOT_RECORD,
    }),
    toString: () => `parent-or-ratio(${ratio})`,
  }
}

const tracesUrl = (endpoint: string): string => `${endpoint.replace(/\/+$/, '')}/v1/traces`

/**
 * Registers the OpenTelemetry SDK (W3C propagation, batches over OTLP/HTTP) and returns what stops it. Loaded only
 * here: the SDK is large, and a process without a collector should not carry it.
 */
export const exportSpans = async (
  options: ExportOptions,
  endpoint: string,
): Promise<() => Promise<void>> => {
  const { NodeSDK } = await import('@opentelemetry/sdk-node')
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  const sdk = new NodeSDK({
    traceExporter: new OTLPTraceExporter({ url: tracesUrl(endpoint) }),
    sampler: createSampler(options.ratio),
    resourceDetectors: [
      {
        detect: () => ({
          attributes: {
            'service.version': options.version,
            'service.instance.id': options.replica,
          },
        }),
      },
    ],
    metricReaders: [],
    logRecordProcessors: [],
    serviceName: options.service,
  })
  sdk.start()
  return () => sdk.shutdown()
}
