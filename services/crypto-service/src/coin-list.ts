import { isOriginal } from './derivatives.ts'
import type { Coin } from './provider/coin.ts'

/** Coins with a price of their own (no stable, wrapped or staked ones), each once. */
export const originals = (coins: readonly Coin[]): Coin[] =>
  [...new Map(coins.map((coin) => [coin.id, coin])).values()].filter(isOriginal)

/** Larger market value first, then by id, so that the order does not depend on the page's. */
export const largestFirst = (a: Coin, b: Coin): number =>
  (b.marketCapUsd ?? 0) - (a.marketCapUsd ?? 0) || (a.id < b.id ? -1 : Number(a.id > b.id))

/** What every list shows of a coin. */
export const shownCoin = ({
  id,
  symbol,
  name,
  imageUrl,
  priceUsd,
  marketCapUsd,
  volume24hUsd,
}: Coin) => ({ id, symbol, name, imageUrl, priceUsd, marketCapUsd, volume24hUsd })

/** The time of a list: the newest change of a coin in it, never ahead of `now`; `now` where the provider says nothing. */
export const listTime = (coins: readonly Coin[], now: number): number => {
  const newest = coins.reduce((max, coin) => Math.max(max, coin.updatedAt ?? 0), 0)
  return newest === 0 ? now : Math.min(newest, now)
}
