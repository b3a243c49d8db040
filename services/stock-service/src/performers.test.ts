import { stockPerformers } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { performersOf } from './performers.ts'
import { afternoon, quote } from './quotes.fixture.ts'
import type { Performers, Quote } from './values.ts'

const market = { status: 'open', holiday: null, nextChangeAt: null } as const
const names = new Map([['A', 'Alpha']])
const options = { market, names, count: 3, wanted: 1, now: afternoon + 5_000 }
const day = 86_400_000

const symbolsOf = (list: Performers['gainers']) => list.map(({ symbol }) => symbol)
const moving = (symbol: string, changePercent: number | null, change = changePercent) =>
  quote(symbol, { change, changePercent })

describe('performers', () => {
  it('are those that moved most, each direction for itself, with their names', () => {
    const performers = performersOf(
      [moving('A', 1), moving('B', 3), moving('C', -4), moving('D', -1), moving('E', 0)],
      options,
    )
    expect(symbolsOf(performers?.gainers ?? [])).toEqual(['B', 'A'])
    expect(symbolsOf(performers?.losers ?? [])).toEqual(['C', 'D'])
    expect(performers?.gainers.map(({ name }) => name)).toEqual(['B', 'Alpha'])
    expect(performers).toMatchObject({ ...market, quotesAt: afternoon, at: afternoon + 5_000 })
  })

  it('of equal percentages are in order of dollars, then of symbols', () => {
    const performers = performersOf(
      [
        moving('B', 1, 2),
        moving('A', 1, 2),
        moving('C', 1, 9),
        moving('D', -1, -1),
        moving('E', -1, -3),
      ],
      options,
    )
    expect(symbolsOf(performers?.gainers ?? [])).toEqual(['C', 'A', 'B'])
    expect(symbolsOf(performers?.losers ?? [])).toEqual(['E', 'D'])
  })

  it('leave out what has no change', () => {
    expect(performersOf([moving('A', null)], options)).toMatchObject({ gainers: [], losers: [] })
  })

  it('are not made of fewer than half of the stocks', () => {
    expect(performersOf([], { ...options, wanted: 0 })).toBeUndefined()
    expect(performersOf([moving('A', 1)], { ...options, wanted: 3 })).toBeUndefined()
    expect(performersOf([moving('A', 1)], { ...options, wanted: 2 })).toBeDefined()
  })

  it('leave out what was traded last on an earlier day', () => {
    const halted = quote('H', { changePercent: 30, at: afternoon - 3 * day })
    const performers = performersOf([halted, moving('A', 1), moving('B', -1)], options)
    expect(symbolsOf(performers?.gainers ?? [])).toEqual(['A'])
  })

  it('are not emptied by one stock that is ahead of the others', () => {
    const ahead = quote('Z', { changePercent: 1, at: afternoon + day })
    const performers = performersOf(
      [moving('A', 2), moving('B', 3), moving('C', -1), ahead],
      options,
    )
    expect(symbolsOf(performers?.gainers ?? [])).toEqual(['B', 'A', 'Z'])
  })
})

describe('performers of any quotes', () => {
  const changePercent = fc.option(fc.double({ min: -100, max: 900, noNaN: true }))
  const quotes = fc.uniqueArray(
    fc
      .record({
        symbol: fc.stringMatching(/^[A-F]{1,2}$/),
        changePercent,
        change: fc.option(fc.integer({ min: -3, max: 3 })),
        daysAgo: fc.integer({ min: 0, max: 2 }),
      })
      .map(({ symbol, daysAgo, ...rest }): Quote => {
        return quote(symbol, { ...rest, at: afternoon - daysAgo * day })
      }),
    { selector: ({ symbol }) => symbol, minLength: 1, maxLength: 30 },
  )

  it('have no stock in both lists, are sorted, as many as asked for, and fit the contract', () => {
    fc.assert(
      fc.property(quotes, fc.integer({ min: 1, max: 20 }), (list, count) => {
        const performers = performersOf(list, { ...options, count })
        expect(stockPerformers.schema.safeParse(performers).success).toBe(true)
        const { gainers = [], losers = [] } = performers ?? {}
        const both = [...symbolsOf(gainers), ...symbolsOf(losers)]
        expect(new Set(both).size).toBe(both.length)
        expect(Math.max(gainers.length, losers.length)).toBeLessThanOrEqual(count)
        expect(gainers.every((p) => p.changePercent > 0)).toBe(true)
        expect(losers.every((p) => p.changePercent < 0)).toBe(true)
        const up = gainers.map((p) => p.changePercent)
        const down = losers.map((p) => p.changePercent)
        expect(up).toEqual(up.toSorted((a, b) => b - a))
        expect(down).toEqual(down.toSorted((a, b) => a - b))
      }),
    )
  })

  it('do not depend on the order of the quotes', () => {
    fc.assert(
      fc.property(quotes, (list) => {
        expect(performersOf(list.toReversed(), options)).toEqual(performersOf(list, options))
      }),
    )
  })
})
