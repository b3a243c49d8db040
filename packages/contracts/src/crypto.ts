import * as z from 'zod/mini'
import { channel } from './channel.ts'
import { command } from './command.ts'
import { productId } from './room.ts'
import { amount, count, epochMs, httpUrl, percent, priceUsd, text } from './values.ts'

const side = z.enum(['buy', 'sell'])
const minute = 60_000
const hour = 60 * minute

/** The newest price of a product, with its last 24 hours. `side` is the taker's. */
export const cryptoTicker = channel({
  name: 'crypto.ticker',
  topic: 'crypto.ticker.event.updated',
  schema: z.object({
    product: productId,
    price: priceUsd,
    open24h: z.nullable(priceUsd),
    high24h: z.nullable(priceUsd),
    low24h: z.nullable(priceUsd),
    volume24h: z.nullable(amount),
    volume24hUsd: z.nullable(amount),
    change24hPercent: z.nullable(percent),
    bestBid: z.nullable(priceUsd),
    bestAsk: z.nullable(priceUsd),
    lastSize: z.nullable(amount),
    side,
    tradeId: count,
    sequence: count,
    at: epochMs,
  }),
  producer: 'crypto-service',
  delivery: 'latest',
  history: { kind: 'sampled', everyMs: 30_000, spanMs: hour, column: 'price' },
  ages: { refreshAfterMs: null, staleAfterMs: 30_000, retentionMs: 24 * hour },
  partitions: 6,
  maxKeys: 500,
  maxBytes: 1_024,
  part: 'global',
  keyOf: (value) => value.product,
  partOf: () => 'global',
  atOf: (value) => value.at,
  versionOf: (value) => value.sequence,
})

/** The revision of a candle that will not change again. */
export const closedRevision = 999

/** One minute of a product; `openTime` is the minute's start. The open one is revised, the closed one is final. */
export const cryptoCandles = channel({
  name: 'crypto.candles',
  topic: 'crypto.candles.event.updated',
  schema: z.object({
    product: productId,
    openTime: epochMs,
    open: priceUsd,
    high: priceUsd,
    low: priceUsd,
    close: priceUsd,
    volume: amount,
    trades: count,
    lastTradeId: count,
    revision: z.number().check(z.int(), z.minimum(0), z.maximum(closedRevision)),
    closed: z.boolean(),
    at: epochMs,
  }),
  producer: 'crypto-service',
  delivery: 'latest',
  history: { kind: 'newest', count: 240 },
  ages: { refreshAfterMs: null, staleAfterMs: 3 * minute, retentionMs: 6 * hour },
  maxKeys: 30_000,
  maxBytes: 1_024,
  part: 'product',
  keyOf: (value) => `${value.product}@${value.openTime}`,
  partOf: (key) => key.slice(0, key.indexOf('@')),
  groupOf: (key) => key.slice(0, key.indexOf('@')),
  atOf: (value) => value.at,
  versionOf: (value) => value.openTime * 1_000 + value.revision,
})

const trade = z.object({
  kind: z.literal('trade'),
  product: productId,
  tradeId: count,
  price: priceUsd,
  size: amount,
  side,
  at: epochMs,
})

const tradeGap = z.object({
  kind: z.literal('gap'),
  product: productId,
  /** First and last trade id that could not be had. */
  fromTradeId: count,
  tradeId: count,
  at: epochMs,
})

/** Every match of a product, or a marker of matches that could not be had. `side` is the taker's. */
export const cryptoTrades = channel({
  name: 'crypto.trades',
  topic: 'crypto.trades.event.created',
  schema: z.discriminatedUnion('kind', [trade, tradeGap]),
  producer: 'crypto-service',
  delivery: 'ordered',
  history: { kind: 'newest', count: 200 },
  ages: { refreshAfterMs: null, staleAfterMs: minute, retentionMs: hour },
  partitions: 6,
  maxKeys: 500,
  maxBytes: 512,
  part: 'product',
  keyOf: (value) => value.product,
  partOf: (key) => key,
  atOf: (value) => value.at,
  versionOf: (value) => value.tradeId,
})

const coin = {
  id: text(100),
  symbol: text(30),
  name: text(100),
  imageUrl: z.nullable(httpUrl),
  priceUsd,
  marketCapUsd: z.nullable(amount),
  volume24hUsd: z.nullable(amount),
}

const mover = z.object({ ...coin, changePercent: percent })
const movers = z.array(mover).check(z.maxLength(20))

/** The coins that rose and fell most over one hour and over a day. No coin is in both lists of a window. */
export const cryptoMovers = channel({
  name: 'crypto.movers',
  topic: 'crypto.movers.event.updated',
  schema: z.object({
    at: epochMs,
    gainers1h: movers,
    losers1h: movers,
    gainers24h: movers,
    losers24h: movers,
  }),
  producer: 'crypto-service',
  delivery: 'latest',
  ages: { refreshAfterMs: 2 * minute, staleAfterMs: 5 * minute, retentionMs: 24 * hour },
  maxKeys: 4,
  maxBytes: 48_000,
  part: 'global',
  keyOf: () => 'global',
  partOf: () => 'global',
  atOf: (value) => value.at,
})

/** The ten coins of the largest market value; `product` names the ticker where one is streamed. */
export const cryptoTopcoins = channel({
  name: 'crypto.topcoins',
  topic: 'crypto.topcoins.event.updated',
  schema: z.object({
    at: epochMs,
    coins: z
      .array(
        z.object({
          ...coin,
          rank: count,
          product: z.nullable(productId),
          change1hPercent: z.nullable(percent),
          change24hPercent: z.nullable(percent),
          change7dPercent: z.nullable(percent),
        }),
      )
      .check(z.maxLength(25)),
  }),
  producer: 'crypto-service',
  delivery: 'latest',
  ages: { refreshAfterMs: 2 * minute, staleAfterMs: 5 * minute, retentionMs: 24 * hour },
  maxKeys: 4,
  maxBytes: 24_000,
  part: 'global',
  keyOf: () => 'global',
  partOf: () => 'global',
  atOf: (value) => value.at,
})

/** Asks for new movers now. */
export const refreshMovers = command({
  name: 'crypto.movers.refresh',
  topic: 'crypto.service.command.topmovers.refresh',
  service: 'crypto-service',
  body: z.object({}),
  refreshes: 'crypto.movers',
  keyOf: () => 'global',
  bodyOf: () => ({}),
})

/** Asks for the top coins now. */
export const refreshTopcoins = command({
  name: 'crypto.topcoins.refresh',
  topic: 'crypto.service.command.topcoins.refresh',
  service: 'crypto-service',
  body: z.object({}),
  refreshes: 'crypto.topcoins',
  keyOf: () => 'global',
  bodyOf: () => ({}),
})
