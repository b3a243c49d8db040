import type { TradePage } from './provider/coinbase-rest.ts'
import type { TradeRange } from './trade-line.ts'
import type { Trade } from './values.ts'

/** Where the pages of a product's trades come from, newest first. Rejects when a page cannot be had. */
export type PageSource = (olderThan: number) => Promise<TradePage>

/** What was found of a range. */
export interface Found {
  readonly trades: readonly Trade[]
  /** Why a page is missing, where one is. */
  readonly error?: unknown
}

/**
 * Fetches the trades of a range page by page from its newest end until its oldest is there, a page brings nothing new,
 * or `maxPages` are used up. What was found before a page failed is kept. Never rejects.
 */
export const fetchRange = async (
  range: TradeRange,
  page: PageSource,
  maxPages: number,
): Promise<Found> => {
  const trades: Trade[] = []
  let olderThan = range.to + 1
  for (let pages = 0; pages < maxPages && olderThan > range.from; pages += 1) {
    const found = await page(olderThan).catch((error: unknown) => ({ error }))
    if ('error' in found) return { trades, error: found.error }
    trades.push(...found.trades.filter((t) => t.tradeId >= range.from && t.tradeId <= range.to))
    if (found.olderThan === undefined || found.olderThan >= olderThan) break
    olderThan = found.olderThan
  }
  return { trades }
}

/** True when the newest of the range is not among the trades: the pages lag behind the stream. */
export const lacksNewest = (range: TradeRange, trades: readonly Trade[]): boolean =>
  !trades.some((trade) => trade.tradeId === range.to)
