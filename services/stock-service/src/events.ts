import { type Log, type Metrics, messageOf } from '@flux/runtime'
import type { Frame } from './provider/finnhub-frames.ts'

const quoteOutcomes = ['fetched', 'older', 'unknown', 'no_price', 'forbidden', 'failed'] as const
const performersOutcomes = ['published', 'waiting', 'outdated'] as const
const frameKinds: readonly Frame['kind'][] = ['trade', 'ping', 'error', 'unknown', 'malformed']

/** What happens in stock-service, for operators. One function is one metric and, where it is rare, one log line. */
export type StockEvents = ReturnType<typeof createEvents>

const labels = (name: string, values: readonly string[]) =>
  values.map((value) => ({ [name]: value }))

const restMetrics = (metrics: Metrics) => ({
  quotes: metrics.counter({
    name: 'flux_stock_quotes_total',
    help: 'Quotes asked for, by what came of it.',
    labels: ['outcome'],
    series: labels('outcome', quoteOutcomes),
  }),
  status: metrics.counter({
    name: 'flux_stock_market_status_total',
    help: 'Market statuses asked for, by what came of it.',
    labels: ['outcome'],
    series: labels('outcome', ['fetched', 'failed']),
  }),
  performers: metrics.counter({
    name: 'flux_stock_performers_total',
    help: 'Lists of performers that were published, that wait for quotes, or whose quotes are outdated.',
    labels: ['outcome'],
    series: labels('outcome', performersOutcomes),
  }),
  symbols: metrics.gauge({
    name: 'flux_stock_symbols',
    help: 'Symbols that this replica asks for.',
    series: [{}],
  }),
})

const streamMetrics = (metrics: Metrics) => ({
  frames: metrics.counter({
    name: 'flux_stock_frames_total',
    help: 'Frames of the trade stream by kind.',
    labels: ['kind'],
    series: labels('kind', frameKinds),
  }),
  trades: metrics.counter({
    name: 'flux_stock_trades_total',
    help: 'Trades of the stream that moved a price, that did not count, or that could not be read.',
    labels: ['outcome'],
    series: labels('outcome', ['taken', 'ignored', 'malformed']),
  }),
  connections: metrics.counter({
    name: 'flux_stock_feed_connections_total',
    help: 'Connections to the trade stream that were opened and that ended.',
    labels: ['event'],
    series: labels('event', ['opened', 'closed']),
  }),
})

/** What repeats is a warning the first time; afterwards it is counted and left to the debug level. */
const createOnce = (log: Log) => {
  const said = new Set<string>()
  const say = (kind: string, fields: object, text: string) => {
    if (said.has(kind)) return log.debug(fields, text)
    said.add(kind)
    log.warn(fields, `${text}; further ones are counted`)
  }
  return { say, forget: (kind: string) => void said.delete(kind) }
}

const restEvents = (log: Log, metrics: Metrics) => {
  const m = restMetrics(metrics)
  const once = createOnce(log)
  return {
    unconfigured: () => log.info('FINNHUB_API_KEY is not set: no stocks are published'),
    quote: (outcome: 'fetched' | 'older') => {
      once.forget('quote')
      m.quotes.inc({ outcome })
    },
    quoteFailed: (symbol: string, error: unknown) => {
      m.quotes.inc({ outcome: 'failed' })
      once.say('quote', { symbol, reason: messageOf(error) }, 'quote failed, the last one stays')
    },
    noPrice: (symbol: string) => {
      m.quotes.inc({ outcome: 'no_price' })
      once.say(`price ${symbol}`, { symbol }, 'quote without a price')
    },
    leftOut: (symbol: string, why: 'unknown' | 'forbidden') => {
      m.quotes.inc({ outcome: why })
      log.warn({ symbol, why }, 'symbol is left out for a day')
    },
    statusFetched: () => {
      once.forget('status')
      m.status.inc({ outcome: 'fetched' })
    },
    statusFailed: (error: unknown) => {
      m.status.inc({ outcome: 'failed' })
      once.say('status', { reason: messageOf(error) }, 'market status failed')
    },
    performers: (outcome: (typeof performersOutcomes)[number]) => m.performers.inc({ outcome }),
    following: (symbols: number) => m.symbols.set(symbols),
    removed: (symbols: readonly string[]) => {
      if (symbols.length > 0) log.info({ symbols }, 'quotes that do not belong here are removed')
    },
  }
}

const streamEvents = (log: Log, metrics: Metrics) => {
  const m = streamMetrics(metrics)
  const once = createOnce(log)
  return {
    frame: (frame: Frame) => {
      m.frames.inc({ kind: frame.kind })
      if (frame.kind === 'trade') m.trades.inc({ outcome: 'malformed' }, frame.refused)
      if (frame.kind === 'error')
        once.say('error', { message: frame.message }, 'trade stream reports an error')
    },
    trade: (outcome: 'taken' | 'ignored') => m.trades.inc({ outcome }),
    feedOpened: () => {
      m.connections.inc({ event: 'opened' })
      log.info('trade stream connected')
    },
    feedClosed: (reason: string) => {
      m.connections.inc({ event: 'closed' })
      log.warn({ reason }, 'trade stream disconnected')
    },
  }
}

/** Registers the metrics, all series at zero. */
export const createEvents = (log: Log, metrics: Metrics) => ({
  ...restEvents(log, metrics),
  ...streamEvents(log, metrics),
})
