import { createCandles } from './candles.ts'
import type { CryptoEvents } from './events.ts'
import type { Found } from './fill.ts'
import { createTradeLine, type LineStep, type TradeRange } from './trade-line.ts'
import { createTradeWriter } from './trade-writer.ts'
import type { Candle, Trade, TradeRecord } from './values.ts'

/** A heartbeat of second 60 may overtake a trade of second 59: a minute is closed one second later, by the exchange's time. */
const closeGraceMs = 1_000

/** The open minute is published at most this often, in milliseconds. */
const candleEveryMs = 2_000

/** Live trades of a product that wait while a gap is filled, and trades that wait for the bus. */
const maxWaiting = 10_000

/** What the own topics tell of a product when its stream begins. */
export interface ProductPast {
  readonly lastTradeId: number | undefined
  /** The newest candle. */
  readonly candle: Candle | undefined
  /** Trades published after the candle was. */
  readonly trades: readonly Trade[]
}

/** What a product's stream needs. */
export interface ProductOptions {
  readonly past: ProductPast
  readonly events: CryptoEvents
  readonly now: () => number
  publishTrade(record: TradeRecord): Promise<void>
  publishCandle(candle: Candle): void
  /** Fetches the trades of a gap; rejects only when everything ends. */
  fetchRange(product: string, range: TradeRange): Promise<Found>
  onFatal(error: unknown): void
}

/** Trades and candles of one product. */
export interface Product {
  trade(trade: Trade, history: boolean): void
  heartbeat(lastTradeId: number, at: number): void
  /** Publishes the open minute when that is due. */
  tick(): void
}

const missingIn = (records: readonly TradeRecord[]): number =>
  records.reduce((sum, r) => sum + (r.kind === 'gap' ? r.tradeId - r.fromTradeId + 1 : 0), 0)

/** The candles that the past has left open, with what was published since. */
const resumeCandles = ({ candle, trades }: ProductPast) => {
  const candles = createCandles({ everyMs: candleEveryMs, ...(candle && { resume: candle }) })
  const closed = trades.flatMap((trade) => candles.add(trade).closed ?? [])
  return { candles, closed }
}

/** Begins where the past ended. */
export const createProduct = (product: string, options: ProductOptions): Product => {
  const { past, events, now } = options
  const line = createTradeLine(product, { lastId: past.lastTradeId, maxWaiting })
  const { candles, closed } = resumeCandles(past)
  for (const candle of closed) options.publishCandle(candle)

  const writer = createTradeWriter({
    publish: options.publishTrade,
    maxWaiting,
    onRejected: (id) => {
      events.rewound(product, id)
      line.rewind(id)
    },
    onFatal: options.onFatal,
  })

  const addToCandle = (trade: Trade) => {
    const step = candles.add(trade)
    if (step.late) events.lateTrade()
    if (step.closed) options.publishCandle(step.closed)
  }

  const fill = async (range: TradeRange) => {
    events.gapFound(product, range.from, range.to)
    const found = await options.fetchRange(product, range)
    if (found.error !== undefined) events.fillFailed(product, found.error)
    const step = line.filled(range, found.trades, now())
    const missing = missingIn(step.records)
    // Nothing comes back when a rewind has made the fill void.
    if (step.records.length > 0) {
      events.gapClosed(product, range.to - range.from + 1 - missing, missing)
    }
    apply(step)
  }

  const apply = (step: LineStep) => {
    if (step.dropped) events.tradeDropped(step.dropped)
    for (const record of step.records) if (record.kind === 'trade') addToCandle(record)
    writer.push(step.records)
    if (step.fill) fill(step.fill).catch(options.onFatal)
  }

  return {
    trade: (trade, history) => apply(line.trade(trade, history)),
    heartbeat: (lastTradeId, at) => {
      apply(line.heartbeat(lastTradeId))
      const complete = !line.filling() && (line.lastId() ?? -1) >= lastTradeId
      const candle = complete ? candles.complete(at - closeGraceMs) : undefined
      if (candle) options.publishCandle(candle)
    },
    tick: () => {
      const candle = candles.due(now())
      if (candle) options.publishCandle(candle)
    },
  }
}
