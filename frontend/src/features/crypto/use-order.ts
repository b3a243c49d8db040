import { useLayoutEffect, useState } from 'react'
import { useRead } from '../../realtime/use-read.ts'
import { useNow } from '../../ui/now.tsx'
import type { CoinFacts } from './model.ts'
import { firstSort, nextOrdering, type Ordering, type RowFacts, type Sort } from './order.ts'

const beatMs = 2_000

type Read = ReturnType<typeof useRead>

const factsOf = (read: Read, product: string, coin: CoinFacts | undefined): RowFacts => {
  const ticker = read('crypto.ticker', product)?.value
  return {
    product,
    rank: coin?.rank ?? null,
    price: ticker?.price ?? null,
    change: ticker?.change24hPercent ?? null,
    volume: ticker?.volume24hUsd ?? null,
  }
}

interface OrderOptions {
  readonly products: readonly string[]
  readonly coins: ReadonlyMap<string, CoinFacts>
  readonly sort: Sort
  readonly held: boolean
}

/** The order of the rows, looked at again every 2 s and held while someone is at the table. */
export const useOrder = ({ products, coins, sort, held }: OrderOptions): readonly string[] => {
  const read = useRead()
  const beat = useNow(beatMs)
  const [ordering, setOrdering] = useState<Ordering>({ sort: firstSort, order: [] })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the beat is what makes it look again
  useLayoutEffect(() => {
    const facts = products.map((product) => factsOf(read, product, coins.get(product)))
    setOrdering((before) => nextOrdering(before, facts, { sort, held }))
  }, [read, beat, products, coins, sort, held])
  return ordering.order
}
