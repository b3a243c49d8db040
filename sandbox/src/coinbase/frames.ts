import { fixed, trimmed } from '../market/decimal.ts'
import type { Instrument, Trade } from '../market/instrument.ts'
import { uuidOf } from '../market/random.ts'
import { rfc3339 } from '../market/time.ts'

const maker = { buy: 'sell', sell: 'buy' } as const

const productOf = (instrument: Instrument): string => instrument.listing.product ?? ''

/** The `ticker` frame of a match, the newest one by default. Scales are uneven, as the exchange's: price "62975.9" beside best_bid "62975.90". */
export const tickerFrame = (instrument: Instrument, trade: Trade = instrument.last()): string => {
  const { priceDecimals: price, sizeDecimals: size } = instrument.listing
  const stats = instrument.stats()
  const quote = instrument.quote()
  return JSON.stringify({
    type: 'ticker',
    sequence: trade.sequence,
    product_id: productOf(instrument),
    price: trimmed(trade.price, price),
    open_24h: trimmed(stats.open, price),
    volume_24h: fixed(stats.volume, size, 8),
    low_24h: trimmed(stats.low, price),
    high_24h: trimmed(stats.high, price),
    volume_30d: fixed(instrument.volume30d(), size, 8),
    best_bid: fixed(quote.bid, price),
    best_bid_size: fixed(quote.bidSize, size, 8),
    best_ask: fixed(quote.ask, price),
    best_ask_size: fixed(quote.askSize, size, 8),
    side: trade.taker,
    time: rfc3339(trade.time),
    trade_id: trade.id,
    last_size: trimmed(trade.size, size),
  })
}

/** The `match` frame of a trade, or the `last_match` one that comes once after subscribing; `side` is the maker's. */
export const matchFrame = (
  type: 'match' | 'last_match',
  instrument: Instrument,
  options: { trade: Trade; seed: number },
): string => {
  const { trade, seed } = options
  const { priceDecimals, sizeDecimals } = instrument.listing
  const product = productOf(instrument)
  return JSON.stringify({
    type,
    trade_id: trade.id,
    maker_order_id: uuidOf(`${seed}/${product}/maker/${trade.id}`),
    taker_order_id: uuidOf(`${seed}/${product}/taker/${trade.order}`),
    side: maker[trade.taker],
    size: fixed(trade.size, sizeDecimals, 8),
    price: trimmed(trade.price, priceDecimals),
    product_id: product,
    sequence: trade.sequence,
    time: rfc3339(trade.time),
  })
}

/** The `heartbeat` frame of one product at a whole second. */
export const heartbeatFrame = (instrument: Instrument, time: number): string =>
  JSON.stringify({
    type: 'heartbeat',
    last_trade_id: instrument.last().id,
    product_id: productOf(instrument),
    sequence: instrument.sequenceAt(time),
    time: rfc3339(time),
  })

/** A trade as `GET /products/{id}/trades` lists it: prices and sizes with eight digits, `side` is the maker's. */
export const restTrade = (instrument: Instrument, trade: Trade) => ({
  trade_id: trade.id,
  side: maker[trade.taker],
  size: fixed(trade.size, instrument.listing.sizeDecimals, 8),
  price: fixed(trade.price, instrument.listing.priceDecimals, 8),
  time: rfc3339(trade.time),
})
