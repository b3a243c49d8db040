import {
  type Ordering as OrderingOf,
  type Sort as SortOf,
  settled,
  toggled,
} from '../../ui/ordering.ts'
import type { Quote } from './model.ts'

/** What the table of all stocks can be sorted by. */
export type SortKey = 'symbol' | 'price' | 'change'

/** The sorted column and which way. */
export type Sort = SortOf<SortKey>

/** An order of symbols and what it was sorted by. */
export type Ordering = OrderingOf<SortKey>

/** By symbol, from A on. */
export const firstSort: Sort = { key: 'symbol', descending: false }

/** The sort after a press on a column: the sorted one turns round, another starts with what matters most. */
export const toggledSort = (sort: Sort, key: SortKey): Sort => toggled(sort, key, 'symbol')

type Facts = Pick<Quote, 'symbol' | 'price' | 'changePercent'>

const figureOf = (facts: Facts, key: SortKey): number | null => {
  if (key === 'symbol') return 0
  return key === 'price' ? facts.price : facts.changePercent
}

const bySymbol = (a: Facts, b: Facts): number => (a.symbol < b.symbol ? -1 : 1)

const compare = (a: Facts, b: Facts, { key, descending }: Sort): number => {
  const [x, y] = [figureOf(a, key), figureOf(b, key)]
  if (x === null || y === null) return Number(x === null) - Number(y === null) || bySymbol(a, b)
  const sign = descending ? -1 : 1
  return key === 'symbol' ? sign * bySymbol(a, b) : sign * (x - y) || bySymbol(a, b)
}

/** Symbols in order; what is unknown comes last either way, equals are by symbol. */
export const sortedSymbols = (facts: readonly Facts[], sort: Sort): string[] =>
  facts.toSorted((a, b) => compare(a, b, sort)).map(({ symbol }) => symbol)

/** The next order of the rows; see `settled`. */
export const nextOrdering = (
  before: Ordering,
  facts: readonly Facts[],
  how: { readonly sort: Sort; readonly held: boolean },
): Ordering => settled(before, sortedSymbols(facts, how.sort), how)
