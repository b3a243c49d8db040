import type { cryptoTopcoins, ValueOf } from '@flux/contracts'
import { largestFirst, listTime, originals, shownCoin } from './coin-list.ts'
import type { Coin } from './provider/coin.ts'

type Topcoins = ValueOf<typeof cryptoTopcoins>

/** A coin that has a rank, with the product it trades as in USD on the exchange, where it does. */
export interface RankedCoin {
  readonly coin: Coin
  readonly product: string | null
}

/**
 * Coins with a price of their own (no stable, wrapped or staked ones) by market value, largest first. Symbols are not
 * unique: a product belongs to the largest coin with its symbol. `products` are the exchange's ids: `BTC-USD`.
 */
export const rankCoins = (
  coins: readonly Coin[],
  products: ReadonlySet<string>,
): readonly RankedCoin[] => {
  const taken = new Set<string>()
  return originals(coins)
    .filter((coin) => coin.marketCapUsd !== null)
    .toSorted(largestFirst)
    .map((coin) => {
      const product = `${coin.symbol}-USD`
      if (!products.has(product) || taken.has(product)) return { coin, product: null }
      taken.add(product)
      return { coin, product }
    })
}

/** The `count` largest coins, ranked from 1; one that does not trade in USD on the exchange has no product. */
export const topcoinsOf = (
  ranked: readonly RankedCoin[],
  options: { count: number; now: number },
): Topcoins => ({
  at: listTime(
    ranked.map(({ coin }) => coin),
    options.now,
  ),
  coins: ranked.slice(0, options.count).map(({ coin, product }, index) => ({
    ...shownCoin(coin),
    rank: index + 1,
    product,
    change1hPercent: coin.change1hPercent,
    change24hPercent: coin.change24hPercent,
    change7dPercent: coin.change7dPercent,
  })),
})
