import { newYorkDay } from './new-york.ts'
import type { Quote, Trade } from './values.ts'

/** A quote that is older than the last trade by no more than this still tells the session, in milliseconds. */
const sessionMs = 60_000

/** Prices have four decimals at most; a difference of two has more by rounding. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000

/** The change of a price since the last close in USD and percent; `null` where there is no close to compare with. */
export const changeOf = (
  price: number,
  previousClose: number | null,
): Pick<Quote, 'change' | 'changePercent'> => {
  if (previousClose === null) return { change: null, changePercent: null }
  const change = price - previousClose
  return { change: rounded(change), changePercent: rounded((change / previousClose) * 100) }
}

/** The quote with its price moved; the range of the day grows with it. */
const moved = (quote: Quote, { price, at }: Pick<Trade, 'price' | 'at'>): Quote => ({
  ...quote,
  ...changeOf(price, quote.previousClose),
  price,
  at,
  high: quote.high === null ? null : Math.max(quote.high, price),
  low: quote.low === null ? null : Math.min(quote.low, price),
})

const sameDay = (a: number, b: number): boolean => newYorkDay(a) === newYorkDay(b)

/**
 * What holds after a quote: the later one. Quotes count in seconds and trades in milliseconds, so a quote that is a
 * little behind the last trade of its day gives the session's numbers, and the price stays. `undefined`: it is old.
 */
export const mergeQuote = (held: Quote | undefined, next: Quote): Quote | undefined => {
  if (!held || next.at >= held.at) return next
  if (held.at - next.at > sessionMs || !sameDay(held.at, next.at)) return undefined
  return moved(next, held)
}

/**
 * The quote after a trade. `undefined` when there is no quote of the trade's day yet, whose close it could be compared
 * with, or when the trade is older than the quote.
 */
export const withTrade = (held: Quote | undefined, trade: Trade): Quote | undefined => {
  if (!held || trade.at < held.at || !sameDay(held.at, trade.at)) return undefined
  return moved(held, trade)
}
