import {
  type Ordering as OrderingOf,
  type Sort as SortOf,
  settled,
  toggled,
} from '../../ui/ordering.ts'

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
export type Sort = SortOf<SortKey>

/** An order of products and what it was sorted by. */
export type Ordering = OrderingOf<SortKey>

/** Largest coins first. */
export const firstSort: Sort = { key: 'rank', descending: false }

/** The sort after a press on a column: the sorted one turns round, another starts with what matters most. */
export const toggledSort = (sort: Sort, key: SortKey): Sort => toggled(sort, key, 'rank')

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

/** The next order of the rows; see `settled`. */
export const nextOrdering = (
  before: Ordering,
  facts: readonly RowFacts[],
  how: { readonly sort: Sort; readonly held: boolean },
): Ordering => settled(before, sortedProducts(facts, how.sort), how)
