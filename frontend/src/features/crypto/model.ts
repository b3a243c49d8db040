import type { ValueByName } from '@flux/contracts'
import { type Direction, formatPrice, fractionLength, isTinyPrice } from '../../ui/format.ts'

/** The newest price of a product. */
export type Ticker = ValueByName['crypto.ticker']

/** The list of the largest coins. */
export type TopCoins = ValueByName['crypto.topcoins']

/** One of the largest coins. */
export type Coin = TopCoins['coins'][number]

/** A price and where it came from: up or down since the last different one. */
export interface Trend {
  readonly price: number
  readonly direction: Direction
}

/** The trend after a price; the same price leaves it as it is. */
export const nextTrend = (before: Trend, price: number): Trend => {
  if (price === before.price) return before
  return { price, direction: price > before.price ? 'up' : 'down' }
}

/** What is known of a product beside its price. */
export interface CoinFacts {
  readonly rank: number
  readonly name: string
}

/** Names and ranks by product, from the list of the largest coins. */
export const coinsByProduct = (top: TopCoins | undefined): ReadonlyMap<string, CoinFacts> => {
  const coins = new Map<string, CoinFacts>()
  for (const { product, rank, name } of top?.coins ?? []) {
    if (product !== null && !coins.has(product)) coins.set(product, { rank, name })
  }
  return coins
}

/** What the list of the largest coins says of a product. */
export const coinOf = (top: TopCoins | undefined, product: string): Coin | undefined =>
  top?.coins.find((coin) => coin.product === product)

/** The coin of a product: `BTC` of `BTC-USD`. */
export const symbolOf = (product: string): string => product.split('-')[0] ?? product

/** Digits after the point that a column needs so that its prices line up on it; the short form of tiny ones aside. */
export const columnFraction = (prices: readonly number[]): number =>
  prices
    .filter((price) => !isTinyPrice(price))
    .reduce((most, price) => Math.max(most, fractionLength(formatPrice(price))), 2)

const figureSpace = '\u2007'

/** Blank digits behind a price so that its point stands where the column's points stand. */
export const fractionPadding = (price: string, columnDigits: number): string =>
  figureSpace.repeat(Math.max(0, columnDigits - fractionLength(price)))

/** Where a price lies between the lowest and the highest of the day, 0 to 1; null where that is not known. */
export const shareOfRange = ({ price, low24h, high24h }: Ticker): number | null => {
  if (low24h === null || high24h === null || high24h <= low24h) return null
  return Math.min(1, Math.max(0, (price - low24h) / (high24h - low24h)))
}
