import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Trade } from './instrument.ts'
import { createMarket, type Market } from './market.ts'
import { second } from './time.ts'
import { products } from './universe.ts'

const startAt = Date.UTC(2026, 0, 1)
const start = (seed: number, rate = 20) => createMarket({ seed, startAt, rate })

const watch = (market: Market) => {
  const seen: { product: string | undefined; trade: Trade }[] = []
  market.listen({
    onMatch: ({ listing }, trade) => seen.push({ product: listing.product, trade }),
    onSecond: () => {},
  })
  return seen
}

const run = (seed: number, spans: readonly number[]) => {
  const market = start(seed)
  const seen = watch(market)
  const end = market.time() + 30 * second
  for (const span of spans) market.runUntil(Math.min(end, market.time() + span))
  market.runUntil(end)
  return seen
}

describe('the market', () => {
  it('is the same for the same seed, however its time is cut', () => {
    const whole = run(5, [])
    expect(whole.length).toBeGreaterThan(300)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2 * second }), { maxLength: 60 }), (spans) => {
        expect(run(5, spans)).toEqual(whole)
      }),
      { numRuns: 8 },
    )
    expect(run(6, [])).not.toEqual(whole)
  })

  it('keeps every rule of a feed, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const market = start(seed)
        const before = new Map([...market.instruments].map(([id, i]) => [id, i.last()]))
        market.listen({
          onSecond: () => {},
          onMatch: (instrument, trade) => {
            const id = instrument.listing.product ?? ''
            const last = before.get(id)
            const stats = instrument.stats()
            expect(trade.id).toBe((last?.id ?? 0) + 1)
            expect(trade.sequence).toBeGreaterThan((last?.sequence ?? 0) + 1)
            expect(trade.time).toBeGreaterThanOrEqual(last?.time ?? 0)
            expect(Number.isSafeInteger(trade.price) && trade.price > 0).toBe(true)
            expect(Number.isSafeInteger(trade.size) && trade.size > 0).toBe(true)
            expect(stats.low).toBeLessThanOrEqual(trade.price)
            expect(stats.high).toBeGreaterThanOrEqual(trade.price)
            expect(Number.isSafeInteger(instrument.volume30d())).toBe(true)
            expect(instrument.volume30d()).toBeGreaterThanOrEqual(stats.volume)
            expect(instrument.quote().bid).toBeLessThan(instrument.quote().ask)
            before.set(id, trade)
          },
        })
        market.runUntil(market.time() + 20 * second)
      }),
      { numRuns: 8 },
    )
  })

  it('starts with trades of every product and a day behind them', () => {
    const market = start(1)
    expect(market.instruments.size).toBe(60)
    expect(products).toHaveLength(60)
    for (const instrument of market.instruments.values()) {
      expect(instrument.trades({ limit: 1 })).toEqual([instrument.last()])
      expect(instrument.stats().open > 0).toBe(!instrument.listing.fresh)
    }
  })

  it('makes about as many matches a second as it is told', () => {
    const market = start(2, 100)
    const seen = watch(market)
    market.runUntil(market.time() + 100 * second)
    expect(seen.length / 100).toBeGreaterThan(90)
    expect(seen.length / 100).toBeLessThan(110)
    market.setRate(0)
    seen.length = 0
    market.runUntil(market.time() + 100 * second)
    expect(seen).toEqual([])
    market.setRate(20)
    market.runUntil(market.time() + 10 * second)
    expect(seen.length).toBeGreaterThan(100)
  })

  it('trades the big products more often than the small ones', () => {
    const market = start(3, 500)
    const seen = watch(market)
    market.runUntil(market.time() + 20 * second)
    const count = (product: string) => seen.filter((s) => s.product === product).length
    expect(count('BTC-USD')).toBeGreaterThan(10 * count('YFI-USD'))
  })

  it('holds stable coins at their peg and wrapped ones at what they wrap', () => {
    const market = start(4, 50)
    market.runUntil(market.time() + 600 * second)
    const price = (id: string) => Math.exp(market.instruments.get(id)?.logPrice() ?? 0)
    expect(Math.abs(price('USDT-USD') - 1)).toBeLessThan(0.005)
    expect(Math.abs(price('WBTC-USD') / price('BTC-USD') - 1)).toBeLessThan(0.01)
  })

  it('goes on from now after a pause, without the trades in between', () => {
    const market = start(1)
    const seen = watch(market)
    const later = market.time() + 3600 * second
    market.skipTo(later)
    market.runUntil(later + second)
    expect(seen.length).toBeLessThan(60)
    expect(seen.every(({ trade }) => trade.time >= later)).toBe(true)
  })
})

describe('a market that is started again', () => {
  it('goes on above the ids and sequences of its earlier life', () => {
    const startAt = Date.UTC(2026, 0, 1)
    const first = createMarket({ seed: 1, startAt, rate: 200 })
    first.runUntil((startAt + 600_000) * 1_000)
    const again = createMarket({ seed: 1, startAt: startAt + 601_000, rate: 200 })
    for (const [product, instrument] of again.instruments) {
      const before = first.instruments.get(product)?.last()
      expect(instrument.last().id, product).toBeGreaterThan(before?.id ?? 0)
      expect(instrument.last().sequence, product).toBeGreaterThan(before?.sequence ?? 0)
    }
  })
})
