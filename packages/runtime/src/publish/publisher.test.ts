import { cryptoMovers, cryptoTrades, decodeMeta, platformSources } from '@flux/contracts'
import { manualClock } from '@flux/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutRecord } from '../bus/port.ts'
import { FluxError } from '../errors.ts'
import { createLog } from '../telemetry/log.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import { startTracing } from '../telemetry/tracing.ts'
import { movers, trade as tradeAt } from '../values.fixture.ts'
import { createPublisher } from './publisher.ts'

const away = () => new FluxError('bus_unavailable', 'away', { retryable: true })

/** What a flight does: all records are appended; the first few are, then it fails; it is refused for good. */
type Flight = 'ok' | 'half' | 'none' | 'denied'

const make = async (plan: Flight[] = [], orderedLimit = 10_000) => {
  const clock = manualClock()
  const log: OutRecord[] = []
  const lines: string[] = []
  const metrics = createMetrics()
  let ids = 0
  const publisher = createPublisher({
    bus: {
      send: async (topic, records) => {
        const flight = plan.shift() ?? 'ok'
        await clock.sleep(5)
        if (topic === 'flux.deadletter') return
        if (flight === 'ok') log.push(...records)
        if (flight === 'half') log.push(...records.slice(0, Math.ceil(records.length / 2)))
        if (flight === 'denied') throw new FluxError('denied', 'no right')
        if (flight !== 'ok') throw away()
      },
    },
    clock,
    random: () => 0.5,
    newId: () => {
      ids += 1
      return `id-${ids}`
    },
    log: createLog({ name: 'test' }, { write: (line) => void lines.push(line) }),
    metrics,
    tracing: await startTracing({
      ...{ service: 'crypto-service', version: '1', replica: 'r', ratio: 0 },
      endpoint: undefined,
      clock,
    }),
    service: 'crypto-service',
    orderedLimit,
  })
  const outcome = async (channel: string) => {
    const metric = await metrics.registry.getSingleMetric('flux_records_published_total')?.get()
    const values = (metric?.values ?? []).filter((v) => v.labels['channel'] === channel && v.value)
    return Object.fromEntries(values.map((v) => [v.labels['outcome'], v.value]))
  }
  return { clock, log, lines, publisher, outcome }
}

const trade = (product: string, tradeId: number, at = 1_699_999_999_000) =>
  tradeAt(product, tradeId, at)

const source = (provider: string, at: number) =>
  ({
    service: 'crypto-service',
    provider,
    replica: 'r',
    leader: true,
    state: 'ok',
    reason: null,
    enabledBy: null,
    lastSuccessAt: null,
    breaker: null,
    ratePerMinute: 0,
    simulated: false,
    at,
  }) as const

const settled = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: unknown) => (error instanceof FluxError ? error.code : String(error)),
  )

describe('publishing', () => {
  it('sends value and headers, and says when the replicas hold them', async () => {
    const { clock, log, publisher, outcome } = await make()
    const at = clock.now() - 10
    const sent = settled(
      publisher.publish(cryptoTrades, trade('BTC-USD', 7, at), { source: 'coinbase' }),
    )
    await clock.advance(10)
    expect(await sent).toBe('ok')
    expect(log[0]?.key).toBe('BTC-USD')
    expect(decodeMeta(log[0]?.headers ?? {})).toEqual({
      schema: 'crypto.trades@1',
      source: 'coinbase',
      simulated: false,
      at,
      producedAt: clock.now() - 10,
      id: 'id-1',
      version: 7,
    })
    expect(await outcome('crypto.trades')).toEqual({ ok: 1 })
  })

  it('clamps a time that is more than a minute ahead, and the version that is made of it', async () => {
    const { clock, log, publisher } = await make()
    const now = clock.now()
    void publisher.publish(cryptoMovers, movers(now + 59_000))
    await clock.advance(20)
    void publisher.publish(cryptoMovers, movers(now + 120_000))
    await clock.advance(20)
    const metas = log.map((record) => decodeMeta(record.headers))
    expect(metas.map((meta) => meta?.at)).toEqual([now + 59_000, now + 20])
    expect(metas.map((meta) => meta?.version)).toEqual([now + 59_000, now + 20])
  })

  it('refuses what is larger than the channel allows', async () => {
    const { publisher } = await make()
    const huge = {
      ...source('x'.repeat(64), 1),
      replica: 'y'.repeat(100),
      enabledBy: '€'.repeat(64),
    }
    const limited = { ...platformSources, maxBytes: 300 }
    expect(await settled(publisher.publish(limited, huge))).toBe('contract_broken')
  })

  it('keeps the id of a record over all attempts', async () => {
    const { clock, log, publisher } = await make(['half', 'half', 'ok'])
    void publisher.publish(cryptoTrades, trade('BTC-USD', 1))
    await clock.advance(1_000)
    expect(log.map((record) => record.headers['flux-id'])).toEqual(['id-1', 'id-1', 'id-1'])
  })

  it('rejects at once what trying again cannot help, and goes on with the next', async () => {
    const { clock, publisher, outcome } = await make(['denied'])
    const first = settled(publisher.publish(cryptoTrades, trade('BTC-USD', 1)))
    await clock.advance(10)
    const second = settled(publisher.publish(cryptoTrades, trade('BTC-USD', 2)))
    await clock.advance(10)
    expect([await first, await second]).toEqual(['denied', 'ok'])
    expect(await outcome('crypto.trades')).toEqual({ ok: 1, failed: 1 })
  })

  it('rejects an ordered record when too many wait, and keeps those that wait', async () => {
    const { clock, log, publisher } = await make(Array(20).fill('none'), 3)
    const sent = [1, 2, 3, 4, 5].map((id) =>
      settled(publisher.publish(cryptoTrades, trade('BTC-USD', id))),
    )
    await clock.advance(60_000)
    expect(await Promise.all(sent)).toEqual([
      'ok',
      'ok',
      'ok',
      'bus_unavailable',
      'bus_unavailable',
    ])
    expect(log.map((record) => record.headers['flux-version'])).toEqual(['1', '2', '3'])
  })

  it('keeps only the newest value per key while the bus is away', async () => {
    const { clock, log, publisher, outcome } = await make(Array(5).fill('none'))
    const now = clock.now()
    const sent = Array.from({ length: 51 }, (_, n) =>
      settled(publisher.publish(platformSources, source(n % 2 ? 'odd' : 'even', now + n))),
    )
    await clock.advance(30_000)
    expect(new Set(await Promise.all(sent))).toEqual(new Set(['ok']))
    expect(log.map((r) => [r.key, r.headers['flux-version']])).toEqual([
      ['crypto-service/odd', String(now + 49)],
      ['crypto-service/even', String(now + 50)],
    ])
    expect(await outcome('platform.sources')).toEqual({ ok: 2, superseded: 49 })
    expect(publisher.healthy()).toBe(true)
  })

  it('asks the guard before every attempt', async () => {
    const { clock, log, publisher, outcome } = await make(['none', 'none'])
    let leads = true
    const guard = () => {
      if (!leads) throw new FluxError('not_leader', 'lost')
    }
    const sent = settled(publisher.publish(cryptoTrades, trade('BTC-USD', 1), { guard }))
    await clock.advance(6)
    leads = false
    await clock.advance(5_000)
    expect([await sent, log]).toEqual(['not_leader', []])
    expect(await outcome('crypto.trades')).toEqual({ fenced: 1 })
    expect(publisher.healthy()).toBe(true)
  })

  it('leaves a record unsent whose caller has given up', async () => {
    const { clock, log, publisher } = await make(['none'])
    const gone = new AbortController()
    const sent = settled(
      publisher.publish(cryptoTrades, trade('BTC-USD', 1), { signal: gone.signal }),
    )
    await clock.advance(6)
    gone.abort(new FluxError('closing', 'closing'))
    expect(await sent).toBe('closing')
    await clock.advance(5_000)
    expect(log).toEqual([])
  })

  it('says once that it fails and once that it works again', async () => {
    const { clock, lines, publisher } = await make(['none', 'none', 'none', 'ok'])
    void publisher.publish(cryptoTrades, trade('BTC-USD', 1))
    await clock.advance(10_000)
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
      'publishing fails and is tried again',
      'publishing works again',
    ])
  })

  it('sends what waits once more when it closes, and rejects what then fails', async () => {
    const { clock, log, publisher } = await make(['ok', 'none'])
    const trades = [1, 2].map((id) =>
      settled(publisher.publish(cryptoTrades, trade(`C${id}-USD`, id))),
    )
    const list = settled(publisher.publish(cryptoMovers, movers(1)))
    const closed = publisher.close()
    await clock.advance(20)
    await closed
    expect([await Promise.all(trades), await list]).toEqual([['ok', 'ok'], 'bus_unavailable'])
    expect(log).toHaveLength(2)
    expect(await settled(publisher.publish(cryptoMovers, movers(2)))).toBe('bus_closed')
  })

  it('removes a key with a tombstone that outranks what it had', async () => {
    const { clock, log, publisher } = await make()
    void publisher.tombstone(platformSources, 'crypto-service/coinbase')
    await clock.advance(10)
    expect(log[0]).toMatchObject({ key: 'crypto-service/coinbase', value: null })
    expect(decodeMeta(log[0]?.headers ?? {})?.version).toBe(clock.now() - 10)
  })

  it('never lets a record overtake one of its key, whatever flights fail, and loses none', async () => {
    const flights = fc.array(fc.constantFrom<Flight>('ok', 'half', 'none'), { maxLength: 12 })
    const steps = fc.array(
      fc.record({ product: fc.constantFrom('A-USD', 'B-USD'), waitMs: fc.nat(300) }),
      { minLength: 1, maxLength: 30 },
    )
    await fc.assert(
      fc.asyncProperty(flights, steps, async (plan, published) => {
        const { clock, log, publisher } = await make(plan)
        const sent = []
        for (const [index, { product, waitMs }] of published.entries()) {
          sent.push(settled(publisher.publish(cryptoTrades, trade(product, index + 1))))
          await clock.advance(waitMs)
        }
        await clock.advance(60_000)
        expect(new Set(await Promise.all(sent))).toEqual(new Set(['ok']))
        for (const product of ['A-USD', 'B-USD']) {
          const all = published.flatMap((step, i) => (step.product === product ? [i + 1] : []))
          const got = log
            .filter((r) => r.key === product)
            .map((r) => Number(r.headers['flux-version']))
          expect([...new Set(got)]).toEqual(all)
        }
      }),
      { numRuns: 60 },
    )
  })
})
