import { cryptoCandles, cryptoTicker, cryptoTrades } from '@flux/contracts'
import type { Clock, Leader } from '@flux/runtime'
import type { CryptoEvents } from './events.ts'
import type { FillerOptions } from './filler.ts'
import { createFiller } from './filler.ts'
import type { Lists } from './lists.ts'
import { createMarket, type Market } from './market.ts'
import { createOutbox } from './outbox.ts'
import type { Recalled } from './recall.ts'
import { type FeedHealth, startStream } from './stream.ts'
import { universeOf } from './universe.ts'
import type { Candle, Ticker } from './values.ts'

/** How often open candles are looked at, in milliseconds. */
const tickMs = 500

/** Closed candles must not wait long for the open one's turn. */
const candlesPerSecond = 4

/** What streaming and polling need. */
export interface LeadOptions {
  readonly clock: Clock
  readonly random: () => number
  readonly events: CryptoEvents
  readonly health: FeedHealth
  readonly coinbase: FillerOptions['coinbase']
  readonly feedUrl: string
  readonly tickerRate: number
  readonly maxPages: number
  /** Products to stream in any case. */
  readonly configured: readonly string[]
  readonly topCoins: number
  readonly everyMs: number
  readonly simulated: boolean
  recall(signal: AbortSignal): Promise<Recalled>
  /** Fetches the market list and publishes what it gives. */
  refresh(signal: AbortSignal): Promise<Lists>
}

/** The market, publishing through the leader's fence. */
const openMarket = (
  options: LeadOptions,
  { leader, past, onFatal }: { leader: Leader; past: Recalled; onFatal(error: unknown): void },
): Market => {
  const { clock, random } = options
  const { signal } = leader
  const from = { source: 'coinbase', simulated: options.simulated }
  const common = { clock, signal, onFatal }
  // A tombstone goes the same way as the values, so that none of them comes after it.
  const tickers = createOutbox<Ticker | { readonly removed: number }>({
    ...{ ...common, perSecond: options.tickerRate },
    publish: (product, value, receivedAt) =>
      'removed' in value
        ? leader.publishTombstone(cryptoTicker, product, { ...from, version: value.removed })
        : leader.publish(cryptoTicker, value, { ...from, receivedAt }),
  })
  const candles = createOutbox<Candle>({
    ...{ ...common, perSecond: candlesPerSecond },
    publish: (_, candle, receivedAt) =>
      leader.publish(cryptoCandles, candle, { ...from, receivedAt }),
  })
  const fetchRange = createFiller({ ...options, random, clock, signal })
  return createMarket({
    past,
    events: options.events,
    now: clock.now,
    publishTicker: (ticker) => tickers.set(ticker.product, ticker),
    removeTicker: (product, version) => tickers.set(product, { removed: version }),
    publishCandle: (candle) => candles.set(cryptoCandles.keyOf(candle), candle),
    publishTrade: (trade) =>
      leader.publish(cryptoTrades, trade, { ...from, receivedAt: clock.now() }),
    fetchRange,
    onFatal,
  })
}

/** Until there is a list, the products that were streamed before stay. */
const firstProducts = (options: LeadOptions, past: Recalled): readonly string[] => {
  const before = past.ranked.length === 0 ? past.tickers.keys() : []
  return universeOf({
    ranked: past.ranked,
    configured: [...options.configured, ...before],
    existing: undefined,
    current: new Set(past.tickers.keys()),
    top: options.topCoins,
  })
}

/**
 * Everything that runs on one replica: the exchange's stream and the polling of the market list. Goes on from what the
 * own topics hold. Resolves when leadership ends; throws what makes going on impossible.
 */
export const lead = async (options: LeadOptions, leader: Leader): Promise<void> => {
  const { clock, events, configured, topCoins: top } = options
  const { signal } = leader
  const past = await options.recall(signal)
  const failed = Promise.withResolvers<never>()
  const onFatal = failed.reject
  const market = openMarket(options, { leader, past, onFatal })
  const { random, health, feedUrl: url } = options
  const stream = startStream({ market, events, health, url, clock, random, signal, onFatal })
  let products = firstProducts(options, past)
  stream(products)

  const poll = leader.poll(
    'coingecko',
    options.everyMs,
    async (inner) => {
      const { ranked, existing } = await options.refresh(inner)
      products = universeOf({ ranked, configured, existing, current: new Set(products), top })
      stream(products)
    },
    // One attempt: every call counts against a small budget, failed ones too.
    { provider: 'coingecko', attempts: 1 },
  )
  const cancel = clock.every(tickMs, market.tick)
  try {
    await Promise.race([poll, failed.promise])
  } finally {
    cancel()
    events.stopped()
  }
}
