import { stockQuotes } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBook } from './book.ts'
import { afternoon, quote } from './quotes.fixture.ts'
import { changeOf, mergeQuote, withTrade } from './quotes.ts'

const hour = 3_600_000

describe('the change of a price', () => {
  it('is in dollars and percent of the last close, without noise of rounding', () => {
    expect(changeOf(333.27, 331.34)).toEqual({ change: 1.93, changePercent: 0.5825 })
  })

  it('is unknown without a close', () => {
    expect(changeOf(10, null)).toEqual({ change: null, changePercent: null })
  })
})

describe('a quote', () => {
  it('replaces an earlier one, and one of the same second', () => {
    const later = quote('A', { at: afternoon + 1_000 })
    expect(mergeQuote(undefined, later)).toBe(later)
    expect(mergeQuote(quote('A'), later)).toBe(later)
    const same = quote('A', { price: 105 })
    expect(mergeQuote(quote('A'), same)).toBe(same)
  })

  it('never replaces a later one', () => {
    expect(mergeQuote(quote('A'), quote('A', { at: afternoon - hour }))).toBeUndefined()
  })

  it('a little behind the last trade gives its session, not its price', () => {
    const held = quote('A', { price: 103, at: afternoon + 900 })
    const next = quote('A', { price: 101, open: 100.5, high: 102.5, previousClose: 98 })
    expect(mergeQuote(held, next)).toEqual({
      ...next,
      price: 103,
      at: afternoon + 900,
      high: 103,
      change: 5,
      changePercent: 5.102,
    })
  })
})

describe('a trade', () => {
  it('moves price, change and range', () => {
    const moved = withTrade(quote('A'), { symbol: 'A', price: 98, at: afternoon + 5 })
    expect(moved).toEqual(
      quote('A', { price: 98, low: 98, change: -2, changePercent: -2, at: afternoon + 5 }),
    )
  })

  it('counts for nothing without a quote of its day, or when it is older than the quote', () => {
    const trade = { symbol: 'A', price: 98, at: afternoon + 5 }
    expect(withTrade(undefined, trade)).toBeUndefined()
    expect(withTrade(quote('A', { at: afternoon - 24 * hour }), trade)).toBeUndefined()
    expect(withTrade(quote('A', { at: afternoon + 6 }), trade)).toBeUndefined()
  })
})

describe('a book', () => {
  const change = fc.record({
    isTrade: fc.boolean(),
    symbol: fc.constantFrom('A', 'B'),
    price: fc.double({ min: 0.01, max: 1e5, noNaN: true }),
    at: fc.integer({ min: afternoon - hour, max: afternoon + hour }),
  })

  it('never goes back in time for a symbol, keeps the price in its range, and fits the contract', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 50 }), (changes) => {
        const book = createBook({ quotes: [], heardAt: 0 })
        const last = new Map<string, number>()
        for (const { isTrade, symbol, price, at } of changes) {
          const next = quote(symbol, { price, at, high: price, low: price })
          const out = isTrade ? book.trade({ symbol, price, at }, at) : book.quote(next, at)
          if (!out) continue
          expect(out.at).toBeGreaterThanOrEqual(last.get(symbol) ?? 0)
          expect(out.price).toBeLessThanOrEqual(out.high ?? 0)
          expect(out.price).toBeGreaterThanOrEqual(out.low ?? Number.POSITIVE_INFINITY)
          expect(stockQuotes.schema.safeParse(out).success).toBe(true)
          last.set(symbol, out.at)
        }
      }),
    )
  })
})
