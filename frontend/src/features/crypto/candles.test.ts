import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barsOf, type Candle, isBar, rangeInSight, type Slot, slotsOf, tailOf } from './candles.ts'

const minute = 60_000

const candle = (openMinute: number, facts: Partial<Candle> = {}): Candle => ({
  ...{ product: 'BTC-USD', openTime: openMinute * minute, open: 10, high: 12, low: 9, close: 11 },
  ...{ volume: 2, trades: 3, lastTradeId: 3, revision: 999, closed: true, at: 0 },
  ...facts,
})

const bar = (time: number, close = 1): Slot => ({
  ...{ time, open: 1, high: 2, low: 0.5 },
  ...{ close, volume: 3 },
})

describe('barsOf', () => {
  it('joins minutes into longer bars, whatever order they come in', () => {
    const candles = [
      candle(7, { open: 5, high: 6, low: 1, close: 2, volume: 1 }),
      candle(5, { open: 3, high: 9, low: 3, close: 4, volume: 2 }),
      candle(4, { open: 1, high: 1, low: 1, close: 1, volume: 4 }),
    ]
    expect(barsOf(candles, 5)).toEqual([
      { time: 0, open: 1, high: 1, low: 1, close: 1, volume: 4 },
      { time: 300, open: 3, high: 9, low: 1, close: 2, volume: 3 },
    ])
  })

  it('keeps extremes and volume whatever the length', () => {
    const candles = fc.uniqueArray(
      fc.record({ at: fc.nat(200), low: fc.integer({ min: 1, max: 50 }), volume: fc.nat(9) }),
      { selector: ({ at }) => at, minLength: 1 },
    )
    fc.assert(
      fc.property(candles, fc.constantFrom(1, 5, 15), (facts, minutes) => {
        const all = facts.map(({ at, low, volume }) => candle(at, { low, volume }))
        const bars = barsOf(all, minutes)
        expect(Math.min(...bars.map(({ low }) => low))).toBe(Math.min(...all.map((c) => c.low)))
        expect(bars.reduce((sum, { volume }) => sum + volume, 0)).toBe(
          all.reduce((sum, { volume }) => sum + volume, 0),
        )
      }),
    )
  })

  it('draws the newest four hours', () => {
    const many = Array.from({ length: 300 }, (_, index) => candle(index))
    expect(barsOf(many, 1)).toHaveLength(240)
    expect(barsOf(many, 1)[0]?.time).toBe(60 * 60)
  })
})

describe('slotsOf', () => {
  it('leaves an empty slot for every period without a trade', () => {
    const slots = slotsOf(barsOf([candle(1), candle(4)], 1), 1)
    expect(slots.map(({ time }) => time)).toEqual([60, 120, 180, 240])
    expect(slots.map(isBar)).toEqual([true, false, false, true])
    expect(slotsOf([], 1)).toEqual([])
  })
})

describe('tailOf', () => {
  const before = [bar(0), bar(60)]

  it('is the last slot when that changed, and what came after it', () => {
    expect(tailOf(before, [bar(0), bar(60, 5)])).toEqual([bar(60, 5)])
    expect(tailOf(before, [...before, bar(120)])).toEqual([bar(120)])
    expect(tailOf(before, [bar(0), bar(60, 5), bar(120)])).toEqual([bar(60, 5), bar(120)])
    expect(tailOf(before, before)).toEqual([])
  })

  it('is not enough when the past changed, grew or went', () => {
    expect(tailOf([], before)).toBeUndefined()
    expect(tailOf(before, [bar(0, 5), bar(60)])).toBeUndefined()
    expect(tailOf(before, [bar(-60), ...before])).toBeUndefined()
    expect(tailOf(before, [bar(60), bar(120)])).toBeUndefined()
    expect(tailOf(before, [bar(0)])).toBeUndefined()
  })

  it('makes of the old list the new one wherever it is enough', () => {
    const slots = fc
      .uniqueArray(fc.nat(6), { minLength: 1 })
      .map((times) => times.toSorted((a, b) => a - b).map((time) => bar(time)))
    fc.assert(
      fc.property(slots, slots, (old, next) => {
        const tail = tailOf(old, next)
        if (!tail) return
        const first = tail[0]?.time ?? Number.POSITIVE_INFINITY
        expect([...old.filter(({ time }) => time < first), ...tail]).toEqual(next)
      }),
    )
  })
})

describe('rangeInSight', () => {
  it('shows all of a few bars with room before them, and the newest of many', () => {
    expect(rangeInSight(5)).toEqual({ from: -35, to: 7 })
    expect(rangeInSight(60)).toEqual({ from: 0, to: 62 })
    expect(rangeInSight(240)).toEqual({ from: 144, to: 242 })
  })
})
