import { useMemo, useState } from 'react'
import { useClient } from '../../realtime/client-context.tsx'
import { useKeys } from '../../realtime/use-keys.ts'
import { useRead } from '../../realtime/use-read.ts'
import { useRoom } from '../../realtime/use-room.ts'
import { usePhase } from '../../realtime/use-status.ts'
import { useFeedIsSilent } from '../../realtime/use-tail.ts'
import { useValue } from '../../realtime/use-value.ts'
import { useTime } from '../../ui/now.tsx'
import { type Held, useHeld } from '../../ui/use-held.ts'
import {
  type BoardState,
  boardState,
  type CoinFacts,
  coinsByProduct,
  columnFraction,
  type Link,
  linkOf,
} from './model.ts'
import { firstSort, type Sort, type SortKey, toggledSort } from './order.ts'
import { useOrder } from './use-order.ts'

/** What the crypto panel shows, prices aside: each row follows its own. */
export interface Board {
  readonly state: BoardState
  readonly link: Link
  /** Nothing new can come at the moment: every row is stale. */
  readonly silent: boolean
  readonly order: readonly string[]
  readonly coins: ReadonlyMap<string, CoinFacts>
  /** Digits after the point of the price column. */
  readonly fraction: number
  readonly sort: Sort
  readonly held: Held
  sortBy(key: SortKey): void
  retry(): void
}

const useFraction = (products: readonly string[]): number => {
  const read = useRead()
  return useTime(() =>
    columnFraction(products.map((product) => read('crypto.ticker', product)?.value.price ?? 1_000)),
  )
}

/** Wants the room of the crypto panel and follows what its frame is made of. */
export const useBoard = (): Board => {
  const room = useRoom('crypto.global')
  const products = useKeys('crypto.ticker')
  const top = useValue('crypto.topcoins', 'global')?.value
  const coins = useMemo(() => coinsByProduct(top), [top])
  const [sort, setSort] = useState(firstSort)
  const held = useHeld()
  return {
    state: boardState(room, products.length),
    link: linkOf(usePhase()),
    silent: useFeedIsSilent(),
    order: useOrder({ products, coins, sort, held: held.held }),
    coins,
    fraction: useFraction(products),
    sort,
    held,
    sortBy: (key) => setSort(toggledSort(sort, key)),
    retry: useClient().reconnectNow,
  }
}
