import type { Damage } from '../control/schemas.ts'
import type { StockTrade } from './stock.ts'

/** Keys in the order of the real frames: alphabetical. */
const fieldsOf = ({ c, p, s, t, v }: StockTrade) => ({ c, p, s, t, v })

/** The frame of one or more trades. */
export const tradeFrame = (trades: readonly StockTrade[]): string =>
  JSON.stringify({ data: trades.map(fieldsOf), type: 'trade' })

/** What the server sends so that a quiet connection is known to live; no answer is expected. */
export const pingFrame = JSON.stringify({ type: 'ping' })

/** An error's text is in `msg`. */
export const errorFrame = (msg: string): string => JSON.stringify({ msg, type: 'error' })

/** A frame of trades, broken in the named way. */
export const damagedFrame = (trades: readonly StockTrade[], damage: Damage): string => {
  const edited = (edit: (trade: StockTrade) => object) =>
    JSON.stringify({ data: trades.map(edit), type: 'trade' })
  switch (damage) {
    case 'malformed':
      return tradeFrame(trades).slice(0, 25)
    case 'unknown_type':
      return JSON.stringify({ data: trades.map(fieldsOf), type: 'auction_note' })
    case 'nulls':
      return edited(({ s }) => ({ c: null, p: null, s, t: null, v: null }))
    case 'zero_open':
      return edited((trade) => ({ ...fieldsOf(trade), p: 0 }))
    case 'missing_fields':
      return edited(({ c, s }) => ({ c, s }))
    case 'not_an_object':
      return '[null,42,"trade"]'
  }
}
