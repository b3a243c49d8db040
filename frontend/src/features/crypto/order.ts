/** What rows are sorted by; unknown is null and comes last either way. */
export interface RowFacts {
  readonly product: string
  /** Place by market value, 1 is the largest. */
  readonly rank: number | null
  readonly price: number | null
  /** Change over 24 hours, percent. */
  readonly change: number | null
  /** Volume over 24 hours, USD. */
  readonly volume: number | null
}

/** A column that rows can be sorted by. */
export type SortKey = 'rank' | 'price' | 'change' | 'volume'

/** The sorted column and which way. */
export interface Sort {
  readonly key: SortKey
  readonly descending: boolean
}

/** An order of products and what it was sorted by. */
export interface Ordering {
  readonly sort: Sort
  readonly order: readonly string[]
}

/** Largest coins first. */
export const firstSort: Sort = { key: 'rank', descending: false }

/** The sort after a press on a column: the sorted one turns round, another starts with what matters most. */
export const toggledSort = (sort: Sort, key: SortKey): Sort =>
  sort.key === key ? { key, descending: !sort.descending } : { key, descending: key !== 'rank' }

const compareKnown = (a: number | null, b: number | null, descending: boolean): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return descending ? b - a : a - b
}

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** Products in order: by the column, then by market value, then by name. */
export const sortedProducts = (facts: readonly RowFacts[], sort: Sort): string[] =>
  facts
    .toSorted(
      (a, b) =>
        compareKnown(a[sort.key], b[sort.key], sort.descending) ||
        compareKnown(a.rank, b.rank, false) ||
        compareText(a.product, b.product),
    )
    .map((row) => row.product)

/** The old order without what has gone; what is new comes at the end, in the order given. */
export const heldOrder = (before: readonly string[], products: readonly string[]): string[] => {
  const present = new Set(products)
  const kept = before.filter((product) => present.has(product))
  const known = new Set(kept)
  return [...kept, ...products.filter((product) => !known.has(product))]
}

const sameOrder = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((product, index) => product === b[index])

/**
 * The next order. While someone is at the table rows keep their places; a newly chosen sort is obeyed at once. The same
 * object comes back when nothing moves.
 */
export const nextOrdering = (
  before: Ordering,
  facts: readonly RowFacts[],
  { sort, held }: { sort: Sort; held: boolean },
): Ordering => {
  const sorted = sortedProducts(facts, sort)
  const order = held && before.sort === sort ? heldOrder(before.order, sorted) : sorted
  return before.sort === sort && sameOrder(before.order, order) ? before : { sort, order }
}
