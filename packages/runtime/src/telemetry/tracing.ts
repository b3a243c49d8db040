import {
  type Attributes,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import type { Clock } from '../clock.ts'
import { messageOf } from '../errors.ts'
import { type ExportOptions, exportSpans } from './tracing-export.ts'

/** What a span is about. */
export interface SpanOptions {
  readonly kind?: 'internal' | 'client' | 'producer' | 'consumer'
  readonly attributes?: Attributes
}

/** Spans of one process; without a collector everything is a no-op. */
export interface Tracing {
  /** Runs `work` in a span that ends with it; an error is recorded on the span and goes on. */
  span<T>(name: string, work: (span: Span) => Promise<T>, options?: SpanOptions): Promise<T>
  /** W3C header of the active span; `undefined` when there is none. */
  traceparent(): string | undefined
  /** Sends what is left; waits at most `deadlineMs`, never throws. */
  close(): Promise<void>
}

/** What tracing needs to know of its process. */
export interface TracingOptions extends ExportOptions {
  /** Base address of the OTLP/HTTP collector. */
  readonly endpoint: string | undefined
  readonly clock: Clock
  /** Milliseconds for the last export (default 2,000). */
  readonly deadlineMs?: number
}

const kinds = {
  internal: SpanKind.INTERNAL,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const

const runInSpan = async <T>(span: Span, work: (span: Span) => Promise<T>): Promise<T> => {
  try {
    return await work(span)
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) })
    throw error
  } finally {
    span.end()
  }
}

/** Trace ids of the active span for a log line; empty when there is none. */
export const traceFields = (): Readonly<Record<string, string>> => {
  const span = trace.getActiveSpan()?.spanContext()
  return span ? { traceId: span.traceId, spanId: span.spanId } : {}
}

/** Starts exporting spans when a collector is configured. */
export const startTracing = async (options: TracingOptions): Promise<Tracing> => {
  const stop = options.endpoint ? await exportSpans(options, options.endpoint) : undefined
  const tracer = trace.getTracer('flux')
  return {
    span: (name, work, { kind = 'internal', attributes = {} } = {}) =>
      tracer.startActiveSpan(name, { kind: kinds[kind], attributes }, (span) =>
        runInSpan(span, work),
      ),
    traceparent: () => {
      const carrier: Record<string, string> = {}
      propagation.inject(context.active(), carrier)
      return carrier['traceparent']
    },
    close: async () => {
      if (!stop) return
      const late = new AbortController()
      const deadline = options.clock.sleep(options.deadlineMs ?? 2_000, late.signal)
      await Promise.race([stop(), deadline]).catch(() => undefined)
      late.abort()
      deadline.catch(() => undefined)
    },
  }
}
