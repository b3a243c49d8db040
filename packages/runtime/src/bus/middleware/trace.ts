import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { messageOf } from '../../errors.ts'
import type { Middleware } from '../port.ts'

/** Runs the handler in a consumer span whose parent is the one that the record's `traceparent` header names. */
export const traced = (): Middleware => {
  const tracer = trace.getTracer('flux')
  return (next) => (record, handlerContext) => {
    const parent = propagation.extract(context.active(), record.headers)
    const attributes = {
      'messaging.system': 'kafka',
      'messaging.destination.name': record.topic,
      'messaging.destination.partition.id': String(record.partition),
      'messaging.kafka.offset': record.offset,
    }
    const options = { kind: SpanKind.CONSUMER, attributes }
    return tracer.startActiveSpan(`process ${record.topic}`, options, parent, async (span) => {
      try {
        await next(record, handlerContext)
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) })
        throw error
      } finally {
        span.end()
      }
    })
  }
}
