import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { marketModes } from './calendar.ts'
import { createExchange, type Exchange } from './exchange.ts'
import { damagedFrame, tradeFrame } from './frames.ts'
import { stocks } from './universe.ts'

/** Thursday, 10:00 in New York. */
const startAt = Date.parse('2026-07-02T14:00:00Z')
const start = (options: { seed?: number; startAt?: number; mode?: 'open' | 'real' } = {}) =>
  createExchange({ seed: 1, startAt, mode: 'real', ...options })

const run = (exchange: Exchange, from: number, seconds: number) =>
  Array.from({ length: seconds }, (_, i) => exchange.passSecond(from + (i + 1) * 1_000))
const quotes = (exchange: Exchange) => [...exchange.stocks.values()].map((s) => s.quote())
const apple = (exchange: Exchange) => exchange.stocks.get('AAPL')?.quote() ?? { t: 0, c: 0, pc: 0 }

describe('the stock market', () => {
  it('has more than sixty symbols, each once', () => {
    expect(new Set(stocks.map(({ symbol }) => symbol)).size).toBe(stocks.length)
    expect(stocks.length).toBeGreaterThan(60)
  })

  it('is decided by its seed and its start', () => {
    const trades = (seed: number) => run(start({ seed }), startAt, 60)
    expect(trades(7)).toEqual(trades(7))
    expect(trades(7)).not.toEqual(trades(8))
  })

  it('keeps every quote consistent with its day, in every mode and at every hour', () => {
    const time = fc.integer({ min: startAt, max: startAt + 7 * 86_400_000 })
    const mode = fc.constantFrom(...marketModes)
    fc.assert(
      fc.property(fc.nat(), time, mode, (seed, at, wanted) => {
        const exchange = createExchange({ seed, startAt: at, mode: wanted })
        run(exchange, at, 5)
        for (const { c, d, dp, h, l, o, pc, t } of quotes(exchange)) {
          expect(l).toBeGreaterThan(0)
          expect(l).toBeLessThanOrEqual(Math.min(c, o))
          expect(h).toBeGreaterThanOrEqual(Math.max(c, o))
          expect(d).toBeCloseTo(c - pc, 3)
          expect(dp).toBeCloseTo(((c - pc) / pc) * 100, 3)
          expect(Math.abs(dp ?? 0)).toBeLessThan(40)
          expect(t * 1_000).toBeLessThanOrEqual(at + 5_000)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('quotes the last trade that it streamed, and times it in whole seconds', () => {
    const exchange = start()
    const trades = run(exchange, startAt, 30).flat()
    expect(trades.length).toBeGreaterThan(500)
    const times = trades.map(({ t }) => t)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    for (const [symbol, stock] of exchange.stocks) {
      const last = trades.findLast(({ s }) => s === symbol)
      if (last) expect(stock.quote()).toMatchObject({ c: last.p, t: Math.floor(last.t / 1_000) })
    }
  })

  it('trades neither before nor after the regular session, and shows its last prices', () => {
    const evening = start({ startAt: Date.parse('2026-07-02T22:00:00Z') })
    const before = quotes(evening)
    expect(run(evening, Date.parse('2026-07-02T22:00:00Z'), 20).flat()).toEqual([])
    expect(quotes(evening)).toEqual(before)
    expect(before.map(({ t }) => t)).toContain(Date.parse('2026-07-02T20:00:00Z') / 1_000)
    evening.setMode('open')
    expect(run(evening, Date.parse('2026-07-02T22:01:00Z'), 5).flat()).not.toEqual([])
  })

  it("makes a day's close the next day's previous close", () => {
    const exchange = start({ startAt: Date.parse('2026-07-02T19:59:00Z') })
    run(exchange, Date.parse('2026-07-02T19:59:00Z'), 60)
    const close = apple(exchange).c
    const monday = Date.parse('2026-07-06T13:29:58Z')
    expect(run(exchange, monday, 1).flat()).toEqual([])
    run(exchange, monday + 1_000, 3)
    expect(apple(exchange).pc).toBeCloseTo(close, 2)
    expect(apple(exchange).t).toBeGreaterThan(monday / 1_000)
  })

  it('makes as many trades as it is told, at any hour', () => {
    const exchange = start({ startAt: Date.parse('2026-07-04T12:00:00Z') })
    const trades = exchange.burst(startAt, { symbol: 'TSLA', count: 7 })
    expect(trades.map(({ s }) => s)).toEqual(Array.from({ length: 7 }, () => 'TSLA'))
    expect(exchange.burst(startAt, { count: 3 })).toHaveLength(3)
    expect(exchange.burst(startAt, { symbol: 'NONE', count: 3 })).toEqual([])
  })
})

describe('frames', () => {
  const trade = { s: 'AAPL', p: 330.5, t: startAt, v: 3, c: ['1'] }

  it('hold their keys in the order of the real ones', () => {
    expect(tradeFrame([trade])).toBe(
      `{"data":[{"c":["1"],"p":330.5,"s":"AAPL","t":${startAt},"v":3}],"type":"trade"}`,
    )
  })

  it('can be damaged in every way', () => {
    const damaged = (damage: Parameters<typeof damagedFrame>[1]) => damagedFrame([trade], damage)
    expect(() => JSON.parse(damaged('malformed'))).toThrow()
    expect(JSON.parse(damaged('nulls')).data[0]).toMatchObject({ s: 'AAPL', p: null, t: null })
    expect(JSON.parse(damaged('zero_open')).data[0].p).toBe(0)
    expect(JSON.parse(damaged('missing_fields')).data[0]).toEqual({ c: ['1'], s: 'AAPL' })
    expect(JSON.parse(damaged('unknown_type')).type).not.toBe('trade')
    expect(Array.isArray(JSON.parse(damaged('not_an_object')))).toBe(true)
  })
})
