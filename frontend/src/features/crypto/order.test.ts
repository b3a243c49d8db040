import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  firstSort,
  nextOrdering,
  type RowFacts,
  type Sort,
  sortedProducts,
  toggledSort,
} from './order.ts'

const row = (product: string, facts: Partial<RowFacts> = {}): RowFacts => ({
  product,
  rank: null,
  price: null,
  change: null,
  volume: null,
  ...facts,
})

const number = fc.option(fc.integer({ min: -5, max: 5 }))
const rows = fc.uniqueArray(
  fc.record({
    product: fc.string({ minLength: 1, maxLength: 4 }),
    rank: number,
    price: number,
    change: number,
    volume: number,
  }),
  { selector: (facts) => facts.product },
)
const sorts: fc.Arbitrary<Sort> = fc.record({
  key: fc.constantFrom('rank', 'price', 'change', 'volume'),
  descending: fc.boolean(),
})

describe('sortedProducts', () => {
  it('puts the largest coins first and those without a rank last', () => {
    const facts = [row('UNI-USD'), row('ETH-USD', { rank: 2 }), row('BTC-USD', { rank: 1 })]
    expect(sortedProducts(facts, firstSort)).toEqual(['BTC-USD', 'ETH-USD', 'UNI-USD'])
  })

  it('keeps every product once, unknown numbers last, whatever came first', () => {
    fc.assert(
      fc.property(rows, sorts, (facts, sort) => {
        const order = sortedProducts(facts, sort)
        expect(order.toSorted()).toEqual(facts.map((facts) => facts.product).toSorted())
        const byProduct = new Map(facts.map((facts) => [facts.product, facts]))
        const values = order.map((product) => byProduct.get(product)?.[sort.key] ?? null)
        const known = values.filter((value) => value !== null)
        expect(values.slice(0, known.length)).toEqual(
          known.toSorted((a, b) => (sort.descending ? b - a : a - b)),
        )
        expect(sortedProducts(facts.toReversed(), sort)).toEqual(order)
      }),
    )
  })
})

describe('nextOrdering', () => {
  const before = { sort: firstSort, order: ['a', 'b'] }
  const facts = [row('a', { rank: 2, price: 1 }), row('b', { rank: 1, price: 2 })]

  it('moves rows when nobody is at the table', () => {
    expect(nextOrdering(before, facts, { sort: firstSort, held: false }).order).toEqual(['b', 'a'])
  })

  it('keeps rows in place while someone is at the table', () => {
    expect(nextOrdering(before, facts, { sort: firstSort, held: true })).toBe(before)
  })

  it('obeys a newly chosen sort even while held', () => {
    const sort = toggledSort(firstSort, 'price')
    expect(nextOrdering(before, facts, { sort, held: true })).toEqual({ sort, order: ['b', 'a'] })
  })

  it('gives the same object back when nothing moves', () => {
    const settled = nextOrdering(before, facts, { sort: firstSort, held: false })
    expect(nextOrdering(settled, facts, { sort: firstSort, held: false })).toBe(settled)
  })
})

describe('toggledSort', () => {
  it('starts numbers with the largest and ranks with the first, and turns round', () => {
    const byPrice = toggledSort(firstSort, 'price')
    expect(byPrice).toEqual({ key: 'price', descending: true })
    expect(toggledSort(byPrice, 'price')).toEqual({ key: 'price', descending: false })
    expect(toggledSort(byPrice, 'rank')).toEqual({ key: 'rank', descending: false })
  })
})
