import { describe, expect, it } from 'vitest'
import { firstSort, nextOrdering, sortedSymbols, toggledSort } from './order.ts'

const facts = [
  { symbol: 'B', price: 20, changePercent: -1 },
  { symbol: 'A', price: 10, changePercent: null },
  { symbol: 'D', price: 10, changePercent: 2 },
  { symbol: 'C', price: 30, changePercent: 2 },
]
const byChange = { key: 'change', descending: true } as const

describe('sortedSymbols', () => {
  it.each([
    ['symbol', false, 'ABCD'],
    ['symbol', true, 'DCBA'],
    ['price', true, 'CBAD'],
    ['price', false, 'ADBC'],
    ['change', true, 'CDBA'],
    ['change', false, 'BCDA'],
  ] as const)('by %s, descending %s, is %s', (key, descending, order) => {
    expect(sortedSymbols(facts, { key, descending }).join('')).toBe(order)
  })
})

describe('toggledSort', () => {
  it('turns the sorted column round and starts another with what matters most', () => {
    expect(toggledSort(firstSort, 'symbol')).toEqual({ key: 'symbol', descending: true })
    expect(toggledSort(firstSort, 'change')).toEqual(byChange)
    expect(toggledSort(byChange, 'symbol')).toEqual(firstSort)
  })
})

describe('nextOrdering', () => {
  const before = { sort: firstSort, order: ['C', 'X', 'A'] }

  it('keeps rows in place while someone is at the table', () => {
    const next = nextOrdering(before, facts, { sort: firstSort, held: true })
    expect(next.order).toEqual(['C', 'A', 'B', 'D'])
  })

  it('obeys a newly chosen sort at once', () => {
    const next = nextOrdering(before, facts, { sort: byChange, held: true })
    expect(next.order).toEqual(['C', 'D', 'B', 'A'])
  })

  it('is the same object when nothing moves', () => {
    const next = nextOrdering(before, facts, { sort: firstSort, held: false })
    expect(next.order).toEqual(['A', 'B', 'C', 'D'])
    expect(nextOrdering(next, facts, { sort: firstSort, held: false })).toBe(next)
  })
})
