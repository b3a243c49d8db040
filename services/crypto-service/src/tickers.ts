import type { TickerWire } from './provider/coinbase-wire.ts'
import type { Ticker } from './values.ts'

/** Change in percent of the opening price; `null` where there is none to compare with. */
const changePercent = (price: number, open: number | null): number | null =>
  open === null ? null : ((price - open) / open) * 100

/** The published form of a ticker frame. The exchange counts volume in coins: in USD it is that at the newest price. */
export const tickerOf = (wire: TickerWire): Ticker => ({
  product: wire.product_id,
  price: wire.price,
  open24h: wire.open_24h,
  high24h: wire.high_24h,
  low24h: wire.low_24h,
  volume24h: wire.volume_24h,
  volume24hUsd: wire.volume_24h === null ? null : wire.volume_24h * wire.price,
  change24hPercent: changePercent(wire.price, wire.open_24h),
  bestBid: wire.best_bid,
  bestAsk: wire.best_ask,
  lastSize: wire.last_size,
  side: wire.side,
  tradeId: wire.trade_id,
  sequence: wire.sequence,
  at: wire.time,
})

/** Lets a product's tickers through in one direction only. */
export interface TickerGate {
  /** True when the sequence is higher than any before of this product; false for a duplicate or a late one. */
  admit(product: string, sequence: number): boolean
  /** Forgets a product that is no longer streamed; returns the last sequence that was let through. */
  forget(product: string): number
}

/**
 * A gate that starts from the sequences already published. Sequences count the exchange's whole feed, so a ticker's
 * next one is any higher number: steps say nothing about gaps.
 */
export const createTickerGate = (published: Iterable<readonly [string, number]>): TickerGate => {
  const newest = new Map(published)
  return {
    admit: (product, sequence) => {
      if (sequence <= (newest.get(product) ?? -1)) return false
      newest.set(product, sequence)
      return true
    },
    forget: (product) => {
      const last = newest.get(product) ?? 0
      newest.delete(product)
      return last
    },
  }
}
