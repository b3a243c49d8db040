import type { Log, Metrics } from '@flux/runtime'
import { malformedKinds } from './provider/coinbase-frames.ts'

const frameKinds = [
  'ticker',
  'match',
  'heartbeat',
  'subscriptions',
  'error',
  'unknown',
  'malformed',
] as const

/** What happens in crypto-service, for operators. One function is one metric and, where it is rare, one log line. */
export type CryptoEvents = ReturnType<typeof createEvents>

const labels = (name: string, values: readonly string[]) =>
  values.map((value) => ({ [name]: value }))

const feedMetrics = (metrics: Metrics) => ({
  frames: metrics.counter({
    name: 'flux_crypto_frames_total',
    help: 'Frames of the exchange feed by kind.',
    labels: ['kind'],
    series: labels('kind', frameKinds),
  }),
  malformed: metrics.counter({
    name: 'flux_crypto_malformed_frames_total',
    help: 'Frames that could not be read, by what they were meant to be.',
    labels: ['what'],
    series: labels('what', malformedKinds),
  }),
  connections: metrics.counter({
    name: 'flux_crypto_feed_connections_total',
    help: 'Connections to the exchange feed that were opened and that ended.',
    labels: ['event'],
    series: labels('event', ['opened', 'closed']),
  }),
  refused: metrics.counter({
    name: 'flux_crypto_products_refused_total',
    help: 'Products that the exchange refused to stream.',
  }),
  products: metrics.gauge({
    name: 'flux_crypto_products',
    help: 'Products that are streamed by this replica.',
    series: [{}],
  }),
})

const marketMetrics = (metrics: Metrics) => ({
  dropped: metrics.counter({
    name: 'flux_crypto_dropped_total',
    help: 'Values of the feed that were not used, by what and why.',
    labels: ['what', 'why'],
    series: [
      { what: 'ticker', why: 'not_newer' },
      { what: 'trade', why: 'duplicate' },
      { what: 'trade', why: 'overflow' },
      { what: 'candle_trade', why: 'late' },
      { what: 'coin', why: 'malformed' },
    ],
  }),
  gaps: metrics.counter({
    name: 'flux_crypto_trade_gaps_total',
    help: 'Gaps in the trade ids that were found.',
  }),
  gapTrades: metrics.counter({
    name: 'flux_crypto_gap_trades_total',
    help: 'Trades in gaps: filled from REST, or missing for good and marked so.',
    labels: ['outcome'],
    series: labels('outcome', ['filled', 'missing']),
  }),
  rewinds: metrics.counter({
    name: 'flux_crypto_trade_rewinds_total',
    help: 'Times that trades could not be published and are fetched again.',
  }),
  lists: metrics.counter({
    name: 'flux_crypto_lists_total',
    help: 'Market lists by outcome.',
    labels: ['outcome'],
    series: labels('outcome', ['fetched', 'failed']),
  }),
})

/** Remembers what was said before: the first of a kind is a warning, the rest are for the debug level. */
const createOnce = (log: Log) => {
  const said = new Set<string>()
  return (kind: string, fields: object, text: string) => {
    if (said.has(kind)) return log.debug(fields, text)
    if (said.size < 100) said.add(kind)
    log.warn(fields, `${text} (logged once per kind)`)
  }
}

const feedEvents = (log: Log, metrics: Metrics) => {
  const m = feedMetrics(metrics)
  const once = createOnce(log)
  return {
    frame: (kind: (typeof frameKinds)[number]) => m.frames.inc({ kind }),
    malformed: (what: (typeof malformedKinds)[number], why: string) => {
      m.malformed.inc({ what })
      once(`malformed ${what}`, { what, why }, 'frame cannot be read')
    },
    unknownFrame: (type: string) =>
      once(`unknown ${type}`, { type: type.slice(0, 40) }, 'frame of an unknown type ignored'),
    errorFrame: (message: string) =>
      once(`error ${message}`, { message: message.slice(0, 200) }, 'exchange reports an error'),
    feedOpened: () => {
      m.connections.inc({ event: 'opened' })
      log.info('exchange feed connected')
    },
    feedClosed: (reason: string) => {
      m.connections.inc({ event: 'closed' })
      log.warn({ reason }, 'exchange feed disconnected')
    },
    productRefused: (product: string) => {
      m.refused.inc()
      log.warn({ product }, 'exchange refuses the product')
    },
    productsChanged: (products: readonly string[]) => {
      m.products.set(products.length)
      log.info({ products }, 'streaming products')
    },
    stopped: () => m.products.set(0),
  }
}

const marketEvents = (log: Log, metrics: Metrics) => {
  const m = marketMetrics(metrics)
  return {
    tickerDropped: () => m.dropped.inc({ what: 'ticker', why: 'not_newer' }),
    tradeDropped: (why: 'duplicate' | 'overflow') => m.dropped.inc({ what: 'trade', why }),
    lateTrade: () => m.dropped.inc({ what: 'candle_trade', why: 'late' }),
    gapFound: (product: string, from: number, to: number) => {
      m.gaps.inc()
      log.info({ product, from, to }, 'gap in the trade ids')
    },
    gapClosed: (product: string, filled: number, missing: number) => {
      m.gapTrades.inc({ outcome: 'filled' }, filled)
      m.gapTrades.inc({ outcome: 'missing' }, missing)
      if (missing === 0) log.info({ product, filled }, 'gap filled')
      else log.warn({ product, filled, missing }, 'gap not filled')
    },
    fillFailed: (product: string, error: unknown) =>
      log.warn({ product, err: error }, 'trades for a gap cannot be fetched'),
    rewound: (product: string, id: number) => {
      m.rewinds.inc()
      log.warn({ product, id }, 'trades were not published and will be fetched again')
    },
    listFetched: (coins: number, refused: number) => {
      m.lists.inc({ outcome: 'fetched' })
      m.dropped.inc({ what: 'coin', why: 'malformed' }, refused)
      log.debug({ coins, refused }, 'market list fetched')
    },
    listFailed: (error: unknown) => {
      m.lists.inc({ outcome: 'failed' })
      log.warn({ err: error }, 'market list failed, the last one stays')
    },
    productsFailed: (error: unknown) =>
      log.warn({ err: error }, "the exchange's product list failed, the last one stays"),
  }
}

/** Registers the metrics, all series at zero. */
export const createEvents = (log: Log, metrics: Metrics) => ({
  ...feedEvents(log, metrics),
  ...marketEvents(log, metrics),
})
