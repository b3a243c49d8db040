import { closedRevision, cryptoCandles } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCandles, minuteOf } from './candles.ts'
import { trade as tradeOf } from './trades.fixture.ts'
import type { Candle, Trade } from './values.ts'

const minute = 60_000

const trade = (tradeId: number, at: number, price = 100, size = 1) =>
  tradeOf(tradeId, { at, price, size })

describe('candles', () => {
  it('show the open minute as it grows', () => {
    const candles = createCandles({ everyMs: 2_000 })
    candles.add(trade(1, 5, 100, 0.1))
    expect(candles.due(0)).toMatchObject({ open: 100, close: 100, revision: 0, closed: false })
    candles.add(trade(2, 6, 90, 0.2))
    candles.add(trade(3, 7, 110, 0.3))
    candles.add(trade(4, 8, 105, 0.1))
    expect(candles.due(2_000)).toEqual({
      product: 'BTC-USD',
      openTime: 0,
      open: 100,
      high: 110,
      low: 90,
      close: 105,
      volume: 0.7,
      trades: 4,
      lastTradeId: 4,
      revision: 1,
      closed: false,
      at: 8,
    })
  })

  it('are closed once, by the first trade of a later minute', () => {
    const candles = createCandles({ everyMs: 2_000 })
    candles.add(trade(1, 5))
    const { closed } = candles.add(trade(2, 3 * minute))
    expect(closed).toMatchObject({
      openTime: 0,
      revision: closedRevision,
      closed: true,
      at: minute,
    })
    expect(candles.complete(2 * minute)).toBeUndefined()
  })

  it('are closed by the time of the exchange when nothing is missing', () => {
    const candles = createCandles({ everyMs: 2_000 })
    candles.add(trade(1, 5))
    expect(candles.complete(minute - 1)).toBeUndefined()
    expect(candles.complete(minute)).toMatchObject({ closed: true, trades: 1 })
    expect(candles.complete(minute)).toBeUndefined()
  })

  it('ignore trades of a minute that is closed', () => {
    const candles = createCandles({ everyMs: 2_000 })
    candles.add(trade(1, 5))
    candles.complete(minute)
    expect(candles.add(trade(2, minute - 1))).toEqual({ late: true })
    expect(candles.due(9_000)).toBeUndefined()
  })

  it('ignore trades that they have counted', () => {
    const candles = createCandles({ everyMs: 2_000 })
    candles.add(trade(2, 5))
    candles.add(trade(2, 5))
    candles.add(trade(1, 5))
    expect(candles.due(0)).toMatchObject({ trades: 1 })
  })

  it('go on where the last published revision ended', () => {
    const before = createCandles({ everyMs: 2_000 })
    before.add(trade(1, 5, 100))
    const resume = before.due(0)
    const after = createCandles({ everyMs: 2_000, ...(resume && { resume }) })
    after.add(trade(1, 5, 100))
    expect(after.due(0)).toBeUndefined()
    after.add(trade(2, 6, 120))
    expect(after.due(0)).toMatchObject({ open: 100, high: 120, trades: 2, revision: 1 })
  })

  it('do not open again a minute that was published as closed', () => {
    const before = createCandles({ everyMs: 2_000 })
    before.add(trade(1, 5))
    const resume = before.complete(minute)
    const after = createCandles({ everyMs: 2_000, ...(resume && { resume }) })
    expect(after.add(trade(2, 6))).toEqual({ late: true })
    after.add(trade(3, minute))
    expect(after.due(0)).toMatchObject({ openTime: minute, revision: 0 })
  })

  it('never reach the revision of a closed one while open', () => {
    const candles = createCandles({ everyMs: 0 })
    const revisions: number[] = []
    for (let id = 1; id <= 1_100; id += 1) {
      candles.add(trade(id, 5))
      const due = candles.due(id)
      if (due) revisions.push(due.revision)
    }
    expect(revisions).toEqual(Array.from({ length: closedRevision }, (_, i) => i))
  })
})

const trades = fc
  .array(
    fc.record({
      gapMs: fc.integer({ min: 0, max: 40_000 }),
      price: fc.double({ min: 1e-8, max: 1e6, noNaN: true }),
      size: fc.double({ min: 1e-8, max: 1e3, noNaN: true }),
    }),
    { minLength: 1, maxLength: 80 },
  )
  .map((list) => {
    let at = 1_700_000_000_000
    return list.map(({ gapMs, price, size }, i) => {
      at += gapMs
      return trade(i + 1, at, price, size)
    })
  })

/** Runs all trades, asking for what is due at each one's time. */
const run = (list: readonly Trade[]) => {
  const candles = createCandles({ everyMs: 2_000 })
  const published: { candle: Candle; at: number }[] = []
  for (const t of list) {
    const { closed } = candles.add(t)
    if (closed) published.push({ candle: closed, at: t.at })
    const due = candles.due(t.at)
    if (due) published.push({ candle: due, at: t.at })
  }
  const last = candles.complete(Number.MAX_SAFE_INTEGER)
  if (last) published.push({ candle: last, at: Number.MAX_SAFE_INTEGER })
  return published
}

describe('candles of any trades', () => {
  it('are what the trades of each minute say, one closed candle per minute with trades', () => {
    fc.assert(
      fc.property(trades, (list) => {
        const closed = run(list).flatMap(({ candle }) => (candle.closed ? [candle] : []))
        const minutes = Map.groupBy(list, (t) => minuteOf(t.at))
        expect(closed.map((c) => c.openTime)).toEqual([...minutes.keys()])
        for (const candle of closed) {
          const own = minutes.get(candle.openTime) ?? []
          const prices = own.map((t) => t.price)
          expect(candle.open).toBe(prices[0])
          expect(candle.close).toBe(prices.at(-1))
          expect(candle.high).toBe(Math.max(...prices))
          expect(candle.low).toBe(Math.min(...prices))
          expect(candle.trades).toBe(own.length)
          expect(candle.volume).toBeCloseTo(
            own.reduce((sum, t) => sum + t.size, 0),
            6,
          )
          expect(cryptoCandles.schema.safeParse(candle).success).toBe(true)
        }
      }),
    )
  })

  it('have versions that only grow, and open revisions at least two seconds apart', () => {
    fc.assert(
      fc.property(trades, (list) => {
        const published = run(list)
        const versions = published.map(({ candle }) => cryptoCandles.versionOf(candle))
        expect(versions).toEqual(versions.toSorted((a, b) => a - b))
        expect(new Set(versions).size).toBe(versions.length)
        const open = Map.groupBy(
          published.filter(({ candle }) => !candle.closed),
          ({ candle }) => candle.openTime,
        )
        for (const revisions of open.values()) {
          for (const [i, { at }] of revisions.entries()) {
            expect(at - (revisions[i - 1]?.at ?? 0)).toBeGreaterThanOrEqual(2_000)
          }
        }
      }),
    )
  })
})
