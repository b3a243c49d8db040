import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
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
  /** When it began, epoch milliseconds; now by default. */
  readonly startMs?: number
}

/** A span whose times are known when it is told. */
export interface PastSpan extends SpanOptions {
  /** W3C header of the span that led to it. */
  readonly parent: string
  /** W3C headers of others that it has to do with. */
  readonly links?: readonly string[]
  readonly startMs: number
  readonly endMs: number
}

/** Spans of one process; without a collector everything is a no-op. */
export interface Tracing {
  /** Runs `work` in a span that ends with it; an error is recorded on the span and goes on. */
  span<T>(name: string, work: (span: Span) => Promise<T>, options?: SpanOptions): Promise<T>
  /** Tells a span that is over; its W3C header, or `undefined` when nobody records it. */
  past(name: string, span: PastSpan): string | undefined
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

const headerOf = (from: Context): string | undefined => {
  const carrier: Record<string, string> = {}
  propagation.inject(from, carrier)
  return carrier['traceparent']
}

/** What a W3C header says; an empty context for one that is not well-formed. */
const contextOf = (traceparent: string): Context =>
  propagation.extract(ROOT_CONTEXT, { traceparent })

const tracer = () => trace.getTracer('flux')

// As dates: a number that is smaller than the time of this process's start would count from there.
const at = (ms: number | undefined) => (ms === undefined ? {} : { startTime: new Date(ms) })

/** Runs `work` in a span that ends with it; an error is recorded on the span and goes on. */
export const inSpan = <T>(
  name: string,
  work: (span: Span) => Promise<T>,
  { kind = 'internal', attributes = {}, startMs }: SpanOptions = {},
): Promise<T> =>
  tracer().startActiveSpan(name, { kind: kinds[kind], attributes, ...at(startMs) }, (span) =>
    runInSpan(span, work),
  )

const tellPast = (name: string, span: PastSpan): string | undefined => {
  const { kind = 'internal', attributes = {}, parent, startMs, endMs } = span
  const links = (span.links ?? []).flatMap((header) => {
    const context = trace.getSpanContext(contextOf(header))
    return context && isSpanContextValid(context) ? [{ context }] : []
  })
  const from = contextOf(parent)
  const told = tracer().startSpan(
    name,
    { kind: kinds[kind], attributes, links, ...at(startMs) },
    from,
  )
  told.end(new Date(Math.max(startMs, endMs)))
  return told.isRecording() || isSpanContextValid(told.spanContext())
    ? headerOf(trace.setSpan(from, told))
    : undefined
}

/** Trace ids of the active span for a log line; empty when there is none. */
export const traceFields = (): Readonly<Record<string, string>> => {
  const span = trace.getActiveSpan()?.spanContext()
  return span ? { traceId: span.traceId, spanId: span.spanId } : {}
}

/** Starts exporting spans when a collector is configured. */
export const startTracing = async (options: TracingOptions): Promise<Tracing> => {
  const stop = options.endpoint ? await exportSpans(options, options.endpoint) : undefined
  return {
    span: inSpan,
    past: tellPast,
    traceparent: () => headerOf(context.active()),
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
