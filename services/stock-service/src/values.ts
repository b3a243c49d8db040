import type { stockPerformers, stockQuotes, ValueOf } from '@flux/contracts'

/** The newest price of a stock. */
export type Quote = ValueOf<typeof stockQuotes>

/** The stocks that moved most, and what the market does. */
export type Performers = ValueOf<typeof stockPerformers>

/** What a market does. */
export type MarketStatus = Performers['status']

/** A trade of the stream; `at` in epoch milliseconds, price in USD. */
export interface Trade {
  readonly symbol: string
  readonly price: number
  readonly at: number
}
