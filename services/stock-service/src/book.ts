import { mergeQuote, withTrade } from './quotes.ts'
import type { Quote, Trade } from './values.ts'

/** The newest quotes. */
export interface Book {
  /** Takes a quote: what is to be published, `undefined` when it is older than what is held. */
  quote(quote: Quote, now: number): Quote | undefined
  /** Takes a trade in the same way. */
  trade(trade: Trade, now: number): Quote | undefined
  quotes(): readonly Quote[]
  /** When the provider told a price last, epoch milliseconds; 0 when it never did. */
  heardAt(): number
}

/** A book that begins with `quotes`, of which the newest was heard at `heardAt`. */
export const createBook = (past: { quotes: Iterable<Quote>; heardAt: number }): Book => {
  const held = new Map([...past.quotes].map((quote) => [quote.symbol, quote]))
  let { heardAt } = past
  const keep = (quote: Quote | undefined): Quote | undefined => {
    if (quote) held.set(quote.symbol, quote)
    return quote
  }
  return {
    quote: (quote, now) => {
      heardAt = now
      return keep(mergeQuote(held.get(quote.symbol), quote))
    },
    trade: (trade, now) => {
      const quote = keep(withTrade(held.get(trade.symbol), trade))
      if (quote) heardAt = now
      return quote
    },
    quotes: () => [...held.values()],
    heardAt: () => heardAt,
  }
}
