import { manualClock } from '@flux/testkit'
import { context, propagation, type TextMapPropagator, trace } from '@opentelemetry/api'
import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { ContractError, FluxError } from '../../errors.ts'
import { createMetrics } from '../../telemetry/metrics.ts'
import { createMemoryBus } from '../memory/memory-bus.ts'
import type { Handler, HandlerContext, InRecord, Middleware } from '../port.ts'
import { compose } from './compose.ts'
import { deadLettered } from './dead-letter.ts'
import { measured } from './measure.ts'
import { retried } from './retry.ts'
import { traced } from './trace.ts'
import { parsing, validated } from './validate.ts'

const record = (value: string | null, more: Partial<InRecord> = {}): InRecord => ({
  topic: 'a',
  partition: 2,
  offset: 7,
  timestamp: 1_700_000_000_000,
  key: 'k',
  value: value === null ? null : Buffer.from(value),
  headers: { 'flux-id': 'x' },
  ...more,
})
const calm: HandlerContext = {
  signal: new AbortController().signal,
  heartbeat: () => Promise.resolve(),
}
const failing = (error: unknown): Handler => {
  return () => Promise.reject(error)
}
const passing: Handler = () => Promise.resolve()

describe('compose', () => {
  it('makes the first layer the outermost', async () => {
    const seen: string[] = []
    const layer =
      (name: string): Middleware =>
      (next) =>
      async (r, c) => {
        seen.push(name)
        await next(r, c)
      }
    await compose([layer('a'), layer('b')], passing)(record('1'), calm)
    expect(seen).toEqual(['a', 'b'])
  })
})

describe('validated', () => {
  const check = validated(new Map([['a', z.object({ n: z.number() })]]))

  it('lets through what fits', async () => {
    await check(passing)(record('{"n":1}'), calm)
  })

  it.each([['{"n":"1"}'], ['not json'], ['']])('refuses %j', async (text) => {
    await expect(check(passing)(record(text), calm)).rejects.toBeInstanceOf(ContractError)
  })

  it('refuses a tombstone and a topic without a schema', async () => {
    await expect(check(passing)(record(null), calm)).rejects.toBeInstanceOf(ContractError)
    const other = record('{"n":1}', { topic: 'b' })
    await expect(check(passing)(other, calm)).rejects.toBeInstanceOf(ContractError)
  })

  it('hands the parsed value to a handler of values', async () => {
    const values: unknown[] = []
    const handler = parsing(z.object({ n: z.number() }), (value) => {
      values.push(value)
      return Promise.resolve()
    })
    await handler(record('{"n":1,"more":2}'), calm)
    expect(values).toEqual([{ n: 1 }])
  })
})

describe('retried', () => {
  const away = new FluxError('network', 'away', { retryable: true })

  it('tries again while the error says that it can help, and keeps the heartbeat', async () => {
    const clock = manualClock()
    let calls = 0
    let beats = 0
    const layer = retried({
      clock,
      random: () => 1,
      attempts: 3,
      backoff: { baseMs: 2000, maxMs: 9000 },
    })
    const done = layer(() => {
      calls += 1
      return calls < 3 ? Promise.reject(away) : Promise.resolve()
    })(record('1'), {
      ...calm,
      heartbeat: () => {
        beats += 1
        return Promise.resolve()
      },
    })
    await clock.advance(2000)
    expect(calls).toBe(2)
    await clock.advance(4000)
    await done
    expect(calls).toBe(3)
    expect(beats).toBeGreaterThanOrEqual(5)
    expect(clock.pending()).toBe(0)
  })

  it('gives up after its attempts, and at once when it cannot help', async () => {
    const clock = manualClock()
    const layer = retried({ clock, random: () => 0, attempts: 2 })
    const [first] = await Promise.allSettled([
      layer(failing(away))(record('1'), calm),
      clock.advance(10),
    ])
    expect(first).toMatchObject({ status: 'rejected', reason: away })
    const bad = new ContractError('bad')
    await expect(layer(failing(bad))(record('1'), calm)).rejects.toBe(bad)
  })

  it('stops waiting when the partition is lost', async () => {
    const clock = manualClock()
    const abort = new AbortController()
    const layer = retried({ clock, random: () => 1 })
    const done = layer(failing(away))(record('1'), { ...calm, signal: abort.signal })
    const reason = new Error('lost')
    abort.abort(reason)
    await expect(done).rejects.toBe(reason)
  })
})

describe('deadLettered', () => {
  const setUp = async () => {
    const clock = manualClock()
    const bus = createMemoryBus({ clock })
    await bus.ensureTopics([{ topic: 'flux.deadletter', partitions: 1, config: {} }])
    const told: unknown[] = []
    const layer = deadLettered({ bus, clock, onLetter: (_, error) => told.push(error) })
    return { bus, layer, told }
  }

  it('stores what cannot be handled, with its position, error and headers, and goes on', async () => {
    const { bus, layer, told } = await setUp()
    const error = new ContractError('bad form')
    await layer(failing(error))(record('{"x":1}'), calm)
    const [letter, ...rest] = await bus.read('flux.deadletter')
    expect(rest).toEqual([])
    expect(letter).toMatchObject({
      key: 'a/2/7',
      headers: {
        'flux-id': 'x',
        'flux-error': 'contract_broken',
        'flux-error-message': 'bad form',
        'flux-error-key': 'k',
      },
    })
    expect(letter?.value?.toString()).toBe('{"x":1}')
    expect(told).toEqual([error])
  })

  it('keeps a tombstone as text, for a letter without a value would remove itself', async () => {
    const { bus, layer } = await setUp()
    await layer(failing(new Error('bug')))(record(null), calm)
    const [letter] = await bus.read('flux.deadletter')
    expect(letter?.value?.toString()).toBe('null')
    expect(letter?.headers['flux-error']).toBe('bug')
  })

  it('lets the record come again when the letter cannot be stored', async () => {
    const { bus, layer, told } = await setUp()
    bus.broker.goAway()
    const done = layer(failing(new ContractError('bad')))(record('1'), calm)
    await expect(done).rejects.toMatchObject({ code: 'bus_unavailable' })
    expect(told).toEqual([])
  })

  it('makes no letter of a record that only met our own end', async () => {
    const { bus, layer } = await setUp()
    const away = new FluxError('bus_unavailable', 'away', { retryable: true })
    await expect(layer(failing(away))(record('1'), calm)).rejects.toBe(away)
    const lost = new Error('lost')
    const gone = { ...calm, signal: AbortSignal.abort(lost) }
    await expect(layer(failing(lost))(record('1'), gone)).rejects.toBe(lost)
    expect(await bus.read('flux.deadletter')).toEqual([])
  })
})

describe('measured', () => {
  it('counts outcomes by the code of the error', async () => {
    const clock = manualClock()
    const metrics = createMetrics()
    const layer = measured({ metrics, clock, topics: ['a'] })
    await layer(passing)(record('1'), calm)
    await layer(failing(new ContractError('bad')))(record('1'), calm).catch(() => undefined)
    await layer(failing(new Error('oops')))(record('1'), calm).catch(() => undefined)
    const text = await metrics.registry.metrics()
    for (const outcome of ['done', 'contract_broken', 'bug']) {
      expect(text).toContain(`flux_bus_records_handled_total{topic="a",outcome="${outcome}"} 1`)
    }
    expect(text).toContain('flux_bus_handle_seconds_count{topic="a"} 3')
  })
})

describe('traced', () => {
  afterEach(() => propagation.disable())

  it('continues the trace that the record carries, and lets errors through', async () => {
    const carriers: unknown[] = []
    const propagator: TextMapPropagator = {
      extract: (ctx, carrier) => {
        carriers.push(carrier)
        return ctx
      },
      inject: () => undefined,
      fields: () => [],
    }
    propagation.setGlobalPropagator(propagator)
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    const error = new Error('x')
    const done = traced()(failing(error))(record('1', { headers: { traceparent } }), calm)
    await expect(done).rejects.toBe(error)
    expect(carriers).toEqual([{ traceparent }])
    expect(trace.getSpan(context.active())).toBeUndefined()
  })
})
