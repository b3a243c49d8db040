import { productId } from '@flux/contracts'
import * as z from 'zod'

/** Decimals come as strings of uneven scale ("62583" beside "62975.90"). */
const decimal = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/)
    .transform(Number)
    .pipe(z.number()),
])
const price = decimal.refine((value) => value > 0, 'must be above zero')
const size = decimal.refine((value) => value >= 0, 'must not be negative')

/** A new listing has "0" where there is nothing yet: unknown is `null`, never 0. */
const maybePrice = z
  .nullish(size)
  .transform((value) => (value === undefined || value === 0 ? null : value))
const maybeSize = z.nullish(size).transform((value) => value ?? null)

const id = z.int().nonnegative()
/** RFC 3339 with microseconds; what is finer than a millisecond is cut off. */
const time = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value))
const side = z.enum(['buy', 'sell'])

/** A `ticker` frame; sizes of bid and ask are missing in old recordings and not read. `side` is the taker's. */
export const tickerWire = z.object({
  product_id: productId,
  sequence: id,
  price,
  open_24h: maybePrice,
  high_24h: maybePrice,
  low_24h: maybePrice,
  volume_24h: maybeSize,
  best_bid: maybePrice,
  best_ask: maybePrice,
  last_size: maybeSize,
  side,
  time,
  trade_id: id,
})

/** What a match of the stream and a trade of the REST pages have in common. `side` is the MAKER's in both. */
export const tradeWire = z.object({ trade_id: id, price, size, side, time })

/** A `match` or `last_match` frame. */
export const matchWire = tradeWire.extend({ product_id: productId })

/** A `heartbeat` frame, once a second and product; `last_trade_id` is 0 for a product that never traded. */
export const heartbeatWire = z.object({ product_id: productId, last_trade_id: id, time })

/** An `error` frame. */
export const errorWire = z.object({ message: z.string(), reason: z.string().nullish() })

/** A `subscriptions` frame: the whole state, in any order, under names that need not be those that were sent. */
export const subscriptionsWire = z.object({
  channels: z.array(z.object({ name: z.string(), product_ids: z.array(z.string()).nullish() })),
})

/** A product of `GET /products`; what else it says is not read. */
export const productWire = z.object({
  id: productId,
  base_currency: z.string(),
  quote_currency: z.string(),
  status: z.string().nullish(),
  trading_disabled: z.boolean().nullish(),
})

/** A parsed `ticker` frame. */
export type TickerWire = z.output<typeof tickerWire>

/** A parsed match or REST trade. */
export type TradeWire = z.output<typeof tradeWire>
