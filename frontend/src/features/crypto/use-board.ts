import { useMemo, useState } from 'react'
import { useKeys } from '../../realtime/use-keys.ts'
import { useRead } from '../../realtime/use-read.ts'
import { useFeedIsSilent } from '../../realtime/use-tail.ts'
import { useValue } from '../../realtime/use-value.ts'
import { useWatchlist } from '../../realtime/use-watchlist.ts'
import { useTime } from '../../ui/now.tsx'
import { type Held, useHeld } from '../../ui/use-held.ts'
import { type Filter, filtered } from './filter.ts'
import { type CoinFacts, coinsByProduct, columnFraction } from './model.ts'
import { firstSort, type Sort, type SortKey, toggledSort } from './order.ts'
import { useOrder } from './use-order.ts'

/** What the table is made of, prices aside: each row follows its own. */
export interface Board {
  /** Nothing new can come at the moment: every row is stale. */
  readonly silent: boolean
  readonly order: readonly string[]
  readonly coins: ReadonlyMap<string, CoinFacts>
  /** Digits after the point of the price column. */
  readonly fraction: number
  readonly sort: Sort
  readonly held: Held
  sortBy(key: SortKey): void
}

const useFraction = (products: readonly string[]): number => {
  const read = useRead()
  return useTime(() =>
    columnFraction(products.map((product) => read('crypto.ticker', product)?.value.price ?? 1_000)),
  )
}

/** Follows what the table is made of; its room is wanted by the panel. */
export const useBoard = (filter: Filter): Board => {
  const products = useKeys('crypto.ticker')
  const watchlist = useWatchlist()
  const top = useValue('crypto.topcoins', 'global')?.value
  const coins = useMemo(() => coinsByProduct(top), [top])
  const [sort, setSort] = useState(firstSort)
  const held = useHeld()
  const all = useOrder({ products, coins, sort, held: held.held })
  const order = useMemo(
    () => filtered(all, filter, { coins, watchlist }),
    [all, filter, coins, watchlist],
  )
  return {
    ...{ order, coins, sort, held },
    silent: useFeedIsSilent('crypto.global'),
    fraction: useFraction(products),
    sortBy: (key) => setSort(toggledSort(sort, key)),
  }
}
