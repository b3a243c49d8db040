import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBars, mergeBars } from './bars.ts'
import { day, minute } from './time.ts'

const trade = fc.record({
  wait: fc.integer({ min: 0, max: 200 * minute }),
  price: fc.integer({ min: 1, max: 1_000 }),
  size: fc.integer({ min: 1, max: 1_000 }),
})

describe('bars', () => {
  it('know the last 24 hours as if every trade were looked at', () => {
    fc.assert(
      fc.property(fc.array(trade, { minLength: 1, maxLength: 80 }), (trades) => {
        const bars = createBars()
        let time = 0
        const all = trades.map(({ wait, price, size }) => {
          time += wait
          bars.add(time, price, size)
          return { time, price, size }
        })
        const newest = time - (time % minute)
        const within = all.filter((t) => t.time - (t.time % minute) > newest - day)
        const prices = within.map(({ price }) => price)
        expect(bars.day()).toEqual({
          open: prices[0],
          high: Math.max(...prices),
          low: Math.min(...prices),
          volume: within.reduce((sum, { size }) => sum + size, 0),
        })
        expect(bars.list().length).toBeLessThanOrEqual(1440)
      }),
    )
  })

  it('merge into longer ones without losing volume', () => {
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 50 }), (trades) => {
        const bars = createBars()
        let time = 0
        for (const { wait, price, size } of trades) {
          time += wait
          bars.add(time, price, size)
        }
        const merged = mergeBars(bars.list(), 15 * minute)
        const volume = (list: readonly { volume: number }[]) =>
          list.reduce((sum, bar) => sum + bar.volume, 0)
        expect(volume(merged)).toBe(volume(bars.list()))
        expect(merged.map(({ start }) => start)).toEqual(
          [...new Set(merged.map(({ start }) => start))].sort((a, b) => b - a),
        )
      }),
    )
  })

  it('give the close of an earlier time', () => {
    const bars = createBars()
    expect(bars.closeAt(0)).toBeUndefined()
    bars.add(minute, 10, 1)
    bars.add(3 * minute, 20, 1)
    expect([bars.closeAt(2 * minute), bars.closeAt(5 * minute)]).toEqual([10, 20])
    bars.clear()
    expect(bars.day().volume).toBe(0)
  })
})
