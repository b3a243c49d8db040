import type { ClientStatus } from '@flux/client'
import type { ValueByName } from '@flux/contracts'
import { type Direction, formatPrice, fractionLength, isTinyPrice } from '../../ui/format.ts'

/** The newest price of a product. */
export type Ticker = ValueByName['crypto.ticker']

/** The list of the largest coins. */
export type TopCoins = ValueByName['crypto.topcoins']

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

/** The connection as the panel sees it: not there yet, there, or lost, with old values on screen. */
export type Link = 'waiting' | 'up' | 'lost'

/** The link in a phase of the client. */
export const linkOf = (phase: ClientStatus['phase']): Link => {
  if (phase === 'offline' || phase === 'recovering') return 'lost'
  return phase === 'connecting' ? 'waiting' : 'up'
}

/** What the panel shows where the rows go. */
export type BoardState = 'loading' | 'refused' | 'empty' | 'rows'

/** What to show, from how far the room has come and how many products have a price. */
export const boardState = (room: 'waiting' | 'live' | 'refused', products: number): BoardState => {
  if (products > 0) return 'rows'
  if (room === 'refused') return 'refused'
  return room === 'waiting' ? 'loading' : 'empty'
}

/** One coin of the movers band. */
export interface Mover {
  readonly id: string
  readonly symbol: string
  readonly name: string
  readonly changePercent: number
}

/** The first few movers of a list. */
export const firstMovers = (list: readonly Mover[], count = 5): readonly Mover[] =>
  list.slice(0, count)
