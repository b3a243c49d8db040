import type { Quote } from './model.ts'

/** What the table of all stocks can be sorted by. */
export type SortKey = 'symbol' | 'price' | 'change'

/** The sorted column and which way. */
export interface Sort {
  readonly key: SortKey
  readonly descending: boolean
}

/** An order of symbols and what it was sorted and filtered by. */
export interface Ordering {
  readonly sort: Sort
  readonly order: readonly string[]
}

/** By symbol, from A on. */
export const firstSort: Sort = { key: 'symbol', descending: false }

/** The sort after a press on a column: the sorted one turns round, another starts with what matters most. */
export const toggledSort = (sort: Sort, key: SortKey): Sort =>
  sort.key === key ? { key, descending: !sort.descending } : { key, descending: key !== 'symbol' }

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

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((symbol, index) => symbol === b[index])

/**
 * The next order. While someone is at the table rows keep their places, what is new comes last, and a newly chosen sort is
 * obeyed at once. The same object comes back when nothing moves.
 */
export const nextOrdering = (
  before: Ordering,
  facts: readonly Facts[],
  { sort, held }: { readonly sort: Sort; readonly held: boolean },
): Ordering => {
  const sorted = sortedSymbols(facts, sort)
  const kept = held && before.sort === sort ? before.order.filter((s) => sorted.includes(s)) : []
  const order = [...kept, ...sorted.filter((symbol) => !kept.includes(symbol))]
  return before.sort === sort && isSame(before.order, order) ? before : { sort, order }
}
