import { mkdirSync, writeFileSync } from 'node:fs'
import { type Stack, startStack } from '@flux/scripts/stack'
import {
  type Checker,
  type CollectedSpan,
  eventually,
  type OtlpCollector,
  openChecker,
  startOtlpCollector,
} from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawTrace } from '../src/draw-trace.ts'

const stages = [
  ['crypto-service', 'receive crypto.ticker'],
  ['crypto-service', 'publish crypto.ticker'],
  ['bff', 'process crypto.ticker.event.updated'],
  ['bff', 'emit crypto.global'],
  ['bff', 'deliver to browser'],
] as const

/** Written only when asked for: the picture of docs/tracing.md. */
const pictureFile = process.env['TRACE_PICTURE']

/** The spans of a trace that has every stage, from the first to the last. */
const whole = (spans: readonly CollectedSpan[]): readonly CollectedSpan[] | undefined => {
  for (const own of Map.groupBy(spans, ({ traceId }) => traceId).values()) {
    const found = stages.map(([service, name]) =>
      own.find((span) => span.service === service && span.name === name),
    )
    if (found.every((span) => span !== undefined)) return found
  }
  return undefined
}

describe('the trace of one ticker', () => {
  let collector: OtlpCollector
  let stack: Stack
  let checker: Checker

  beforeAll(async () => {
    collector = await startOtlpCollector()
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, TRACE_RATIO: '1' }
    stack = await startStack({ services: { crypto: 1 }, bff: 1, env: { crypto: env, bff: env } })
    checker = openChecker(stack.url, ['crypto.global'])
  })

  afterAll(async () => {
    checker?.close()
    await stack?.close()
    await collector?.close()
  })

  it('is read from the frame of the exchange to the browser, stage by stage', async () => {
    // Browsers tell of arrivals every 30 s, and the SDK sends what it has every 5 s.
    await eventually('a whole trace', () => whole(collector.spans()) !== undefined, 60_000)
    const trace = whole(collector.spans()) ?? []
    expect(new Set(trace.map(({ traceId }) => traceId)).size).toBe(1)
    const [first, ...others] = trace
    expect(first?.parentSpanId).toBe('')
    expect(others.map(({ parentSpanId }) => parentSpanId)).toEqual(
      trace.slice(0, -1).map(({ spanId }) => spanId),
    )
    for (const { name, startMs, endMs } of trace) {
      // The broker stamps whole milliseconds.
      expect(startMs, name).toBeGreaterThanOrEqual((first?.startMs ?? 0) - 1)
      expect(endMs - startMs, name).toBeGreaterThanOrEqual(0)
      expect(endMs - (first?.startMs ?? 0), name).toBeLessThan(10_000)
    }
    expect(trace[1]?.attributes).toMatchObject({ 'messaging.system': 'kafka' })
    if (pictureFile === undefined) return
    mkdirSync(new URL('.', `file://${pictureFile}`), { recursive: true })
    writeFileSync(pictureFile, drawTrace(trace))
  })

  it('names providers by host and path alone', () => {
    const calls = collector.spans().filter(({ name }) => name === 'GET')
    expect(calls.length).toBeGreaterThan(0)
    for (const { attributes } of calls) expect(JSON.stringify(attributes)).not.toMatch(/[?&]/)
  })
})
