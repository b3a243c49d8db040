import type { Trade } from '../values.ts'
import type { TradeWire } from './coinbase-wire.ts'

/** The published form of a match. The exchange names the maker's side; everything of ours means the taker's. */
export const tradeOf = (product: string, wire: TradeWire): Trade => ({
  kind: 'trade',
  product,
  tradeId: wire.trade_id,
  price: wire.price,
  size: wire.size,
  side: wire.side === 'buy' ? 'sell' : 'buy',
  at: wire.time,
})
