import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { mergeBars } from '../market/bars.ts'
import { fixed, toNumber, trimmed } from '../market/decimal.ts'
import type { Instrument } from '../market/instrument.ts'
import type { Listing } from '../market/listing.ts'
import type { Market } from '../market/market.ts'
import { rfc3339, second } from '../market/time.ts'
import { delisted } from '../market/universe.ts'
import { restTrade } from './frames.ts'

const mostTrades = 1_000
const mostCandles = 300
const granularities = [60, 300, 900, 3600, 21_600, 86_400]

const cursor = z.coerce.number().int().min(0).optional()
const tradesQuery = z.object({
  limit: z.coerce.number().int().min(1).max(mostTrades).default(mostTrades),
  after: cursor,
  before: cursor,
})

/** ISO 8601 or seconds since 1970, as the exchange takes them; in seconds. */
const instant = z
  .string()
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text) / 1000))
  .refine(Number.isFinite, { error: 'invalid time' })
  .optional()
const candlesQuery = z.object({
  granularity: z.coerce
    .number()
    .refine((value) => granularities.includes(value), { error: 'Unsupported granularity' })
    .default(60),
  start: instant,
  end: instant,
})

const increment = (decimals: number): string => trimmed(1, decimals)

const productEntry = (names: { id: string; base: string; quote: string }, online: boolean) => ({
  id: names.id,
  base_currency: names.base,
  quote_currency: names.quote,
  display_name: `${names.base}-${names.quote}`,
  margin_enabled: false,
  post_only: false,
  limit_only: false,
  cancel_only: false,
  status: online ? 'online' : 'delisted',
  status_message: '',
  trading_disabled: !online,
  fx_stablecoin: false,
  max_slippage_percentage: '0.02000000',
  auction_mode: false,
  high_bid_limit_percentage: '',
})

const listedProduct = (listing: Listing) => ({
  ...productEntry({ ...listing, id: listing.product ?? '' }, true),
  quote_increment: increment(listing.priceDecimals),
  base_increment: increment(listing.sizeDecimals),
  min_market_funds: '1',
  fx_stablecoin: listing.peg !== undefined,
})

const delistedProduct = (id: string) => {
  const [base = '', quote = ''] = id.split('-')
  return {
    ...productEntry({ id, base, quote }, false),
    quote_increment: '0.0001',
    base_increment: '0.01',
    min_market_funds: '1',
  }
}

/** `GET /products`: every product, those no longer traded too. */
const productList = (market: Market) => [
  ...[...market.instruments.values()].map(({ listing }) => listedProduct(listing)),
  ...delisted.map(delistedProduct),
]

/** `GET /products/{id}/ticker` */
const restTicker = (instrument: Instrument) => {
  const { priceDecimals, sizeDecimals } = instrument.listing
  const trade = instrument.last()
  const quote = instrument.quote()
  return {
    ask: trimmed(quote.ask, priceDecimals),
    bid: trimmed(quote.bid, priceDecimals),
    volume: fixed(instrument.stats().volume, sizeDecimals, 8),
    trade_id: trade.id,
    price: trimmed(trade.price, priceDecimals),
    size: trimmed(trade.size, sizeDecimals),
    time: rfc3339(trade.time),
    rfq_volume: '0',
    conversions_volume: '0',
  }
}

type CandlesQuery = z.infer<typeof candlesQuery>

/** `[time, low, high, open, close, volume]` of the newest spans, newest first; none for a span without trades. */
const candleList = (instrument: Instrument, query: CandlesQuery): number[][] => {
  const { priceDecimals: price, sizeDecimals } = instrument.listing
  const bars = mergeBars(instrument.bars.list(), query.granularity * second)
  return bars
    .map((bar) => [
      bar.start / second,
      toNumber(bar.low, price),
      toNumber(bar.high, price),
      toNumber(bar.open, price),
      toNumber(bar.close, price),
      toNumber(bar.volume, sizeDecimals),
    ])
    .filter(([time = 0]) => time >= (query.start ?? 0) && time <= (query.end ?? Infinity))
    .slice(0, mostCandles)
}

const isTooLong = ({ start, end, granularity }: CandlesQuery): boolean =>
  start !== undefined && end !== undefined && (end - start) / granularity > mostCandles

const idParams = z.object({ id: z.string() })

const invalid = (reply: FastifyReply, message: string) => reply.code(400).send({ message })

/** A query read by its schema, or undefined when the reply is a 400 already. */
const read = <T>(schema: z.ZodType<T>, request: FastifyRequest, reply: FastifyReply) => {
  const query = schema.safeParse(request.query)
  if (query.success) return query.data
  invalid(reply, query.error.issues[0]?.message ?? 'invalid query')
  return undefined
}

/** The exchange's REST routes. */
export const registerRest = (app: FastifyInstance, market: Market): void => {
  const find = (request: FastifyRequest) =>
    market.instruments.get(idParams.parse(request.params).id)
  const notFound = (reply: FastifyReply) => reply.code(404).send({ message: 'NotFound' })

  app.get('/products', async () => productList(market))
  app.get('/products/:id/trades', async (request, reply) => {
    const instrument = find(request)
    if (!instrument) return notFound(reply)
    const query = read(tradesQuery, request, reply)
    if (!query) return reply
    const trades = instrument.trades(query)
    const [newest] = trades
    const oldest = trades.at(-1)
    // The cursors name the page's ends: `before` leads to newer trades, `after` to older ones.
    if (newest) reply.header('cb-before', String(newest.id))
    if (oldest) reply.header('cb-after', String(oldest.id))
    return reply.send(trades.map((trade) => restTrade(instrument, trade)))
  })
  app.get('/products/:id/ticker', async (request, reply) => {
    const instrument = find(request)
    return instrument ? restTicker(instrument) : notFound(reply)
  })
  app.get('/products/:id/candles', async (request, reply) => {
    const instrument = find(request)
    if (!instrument) return notFound(reply)
    const query = read(candlesQuery, request, reply)
    if (!query) return reply
    return isTooLong(query)
      ? invalid(reply, 'granularity too small for the requested time range')
      : reply.send(candleList(instrument, query))
  })
}
