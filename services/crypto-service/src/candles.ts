import { closedRevision } from '@flux/contracts'
import type { Candle, Trade } from './values.ts'

const minuteMs = 60_000

/** The start of the minute that a time belongs to, epoch milliseconds. */
export const minuteOf = (at: number): number => Math.floor(at / minuteMs) * minuteMs

/** Sums of decimals carry noise in the last digits; 15 digits are exact. */
const sum = (a: number, b: number): number => Number((a + b).toPrecision(15))

const first = (trade: Trade): Candle => ({
  product: trade.product,
  openTime: minuteOf(trade.at),
  open: trade.price,
  high: trade.price,
  low: trade.price,
  close: trade.price,
  volume: trade.size,
  trades: 1,
  lastTradeId: trade.tradeId,
  revision: 0,
  closed: false,
  at: trade.at,
})

const next = (candle: Candle, trade: Trade): Candle => ({
  ...candle,
  high: Math.max(candle.high, trade.price),
  low: Math.min(candle.low, trade.price),
  close: trade.price,
  volume: sum(candle.volume, trade.size),
  trades: candle.trades + 1,
  lastTradeId: trade.tradeId,
  at: Math.max(candle.at, trade.at),
})

const final = (candle: Candle): Candle => ({
  ...candle,
  revision: closedRevision,
  closed: true,
  at: candle.openTime + minuteMs,
})

/** What a trade does: it closes the minute before its own, it is too late for its own, or neither. */
interface CandleStep {
  readonly closed?: Candle
  readonly late: boolean
}

/** The one-minute candles of a product, from its trades in order. A minute without trades has none. */
export interface Candles {
  add(trade: Trade): CandleStep
  /**
   * Every trade before `time` is known: closes the open minute when it ended before, and returns it.
   * Time is the exchange's own, so a wrong clock of ours closes nothing.
   */
  complete(time: number): Candle | undefined
  /** The open minute with its next revision, when it changed and was last returned at least `everyMs` ago. */
  due(now: number): Candle | undefined
}

/** Goes on after `resume`, the newest candle that was published; `everyMs` spaces the open one's revisions. */
export const createCandles = (options: { everyMs: number; resume?: Candle }): Candles => {
  const { resume } = options
  let open = resume && !resume.closed ? resume : undefined
  let closedThrough = resume?.closed ? resume.openTime : -1
  let lastTradeId = resume?.lastTradeId ?? -1
  let nextRevision = open ? open.revision + 1 : 0
  let changed = false
  let publishedAt = Number.NEGATIVE_INFINITY

  const close = (): Candle | undefined => {
    if (!open) return undefined
    const closed = final(open)
    closedThrough = open.openTime
    open = undefined
    return closed
  }

  const begin = (trade: Trade) => {
    open = first(trade)
    nextRevision = 0
    publishedAt = Number.NEGATIVE_INFINITY
  }

  return {
    add: (trade) => {
      const minute = minuteOf(trade.at)
      const over = minute <= closedThrough || minute < (open?.openTime ?? minute)
      if (trade.tradeId <= lastTradeId) return { late: false }
      lastTradeId = trade.tradeId
      if (over) return { late: true }
      const closed = open && minute > open.openTime ? close() : undefined
      if (open) open = next(open, trade)
      else begin(trade)
      changed = true
      return { late: false, ...(closed && { closed }) }
    },
    complete: (time) => (open && time >= open.openTime + minuteMs ? close() : undefined),
    due: (now) => {
      if (!open || !changed || now - publishedAt < options.everyMs) return undefined
      if (nextRevision >= closedRevision) return undefined
      open = { ...open, revision: nextRevision }
      nextRevision += 1
      changed = false
      publishedAt = now
      return open
    },
  }
}
