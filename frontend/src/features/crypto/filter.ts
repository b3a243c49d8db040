import { hasWords, searchWords } from '../../ui/search-words.ts'
import type { CoinFacts } from './model.ts'

/** Which rows are wanted. */
export interface Filter {
  /** Parts of a product or of a coin's name, in any case; '' is all. */
  readonly text: string
  /** Only what is on the watchlist. */
  readonly watched: boolean
}

/** All rows. */
export const noFilter: Filter = { text: '', watched: false }

/** What rows are looked at by. */
interface FilterFacts {
  readonly coins: ReadonlyMap<string, CoinFacts>
  readonly watchlist: readonly string[]
}

/** The products that a filter lets through, in their order; the same array where it lets all through. */
export const filtered = (
  products: readonly string[],
  filter: Filter,
  { coins, watchlist }: FilterFacts,
): readonly string[] => {
  const words = searchWords(filter.text)
  if (words.length === 0 && !filter.watched) return products
  return products.filter(
    (product) =>
      (!filter.watched || watchlist.includes(product)) &&
      hasWords(`${product} ${coins.get(product)?.name ?? ''}`, words),
  )
}
