import { fixtureHttp, manualClock } from '@flux/testkit'
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SamplingDecision,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { startTracing, traceFields } from './tracing.ts'
import { createSampler } from './tracing-export.ts'

const traceId = (head: string) => head.padEnd(32, '0')
const underParent = (traceFlags: TraceFlags) =>
  trace.setSpanContext(ROOT_CONTEXT, {
    traceId: traceId('1'),
    spanId: '00000000000000aa',
    traceFlags,
    isRemote: true,
  })

describe('the sampler', () => {
  const records = (ratio: number, parent = ROOT_CONTEXT, id = traceId('80000000')) =>
    createSampler(ratio).shouldSample(parent, id).decision === SamplingDecision.RECORD_AND_SAMPLED

  it('decides by the trace id where a trace begins', () => {
    expect([records(0), records(0.4), records(0.6), records(1)]).toEqual([false, false, true, true])
  })

  it('follows the one who called', () => {
    expect(records(0, underParent(TraceFlags.SAMPLED))).toBe(true)
    expect(records(1, underParent(TraceFlags.NONE))).toBe(false)
  })
})

describe('tracing', () => {
  const options = { service: 'try', version: '1', replica: 'r', ratio: 1 }

  it('does nothing without a collector, and lets results and errors through', async () => {
    const tracing = await startTracing({ ...options, endpoint: undefined, clock: manualClock() })
    expect(await tracing.span('work', async () => tracing.traceparent() ?? 'none')).toBe('none')
    await expect(tracing.span('work', () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    )
    expect(traceFields()).toEqual({})
    await tracing.close()
  })

  it('sends spans with their service to the collector and hands the trace on', async () => {
    const bodies: string[] = []
    const collector = await fixtureHttp(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      bodies.push(`${request.url} ${Buffer.concat(chunks).toString()}`)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
    const tracing = await startTracing({
      ...options,
      endpoint: `${collector.url}/`,
      clock: systemClock,
    })
    const seen = await tracing.span('outer', () =>
      tracing.span('inner', async (span) => ({
        parent: tracing.traceparent(),
        fields: traceFields(),
        id: span.spanContext().traceId,
      })),
    )
    expect(seen.parent).toMatch(new RegExp(`^00-${seen.id}-[0-9a-f]{16}-01$`))
    expect(seen.fields['traceId']).toBe(seen.id)
    await tracing.close()
    expect(bodies.join()).toMatch(/^\/v1\/traces /)
    expect(bodies.join()).toContain('"outer"')
    expect(bodies.join()).toContain('"service.name"')
    trace.disable()
    context.disable()
    propagation.disable()
    await collector.close()
  })
})
