import type { cryptoCandles, cryptoTicker, cryptoTrades, ValueOf } from '@flux/contracts'

/** The newest price of a product, as it is published. */
export type Ticker = ValueOf<typeof cryptoTicker>

/** A match or a marker of matches that could not be had, as it is published. */
export type TradeRecord = ValueOf<typeof cryptoTrades>

/** One match; `side` is the taker's. */
export type Trade = Extract<TradeRecord, { kind: 'trade' }>

/** One minute of a product, as it is published. */
export type Candle = ValueOf<typeof cryptoCandles>
