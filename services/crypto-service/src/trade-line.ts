import type { Trade, TradeRecord } from './values.ts'

/** Trade ids from `from` to `to`, both included. */
export interface TradeRange {
  readonly from: number
  readonly to: number
}

/** What one input does to a line. */
export interface LineStep {
  /** To be published now, in this order. */
  readonly records: readonly TradeRecord[]
  /** A gap was found: these have to be fetched and given to `filled`. */
  readonly fill?: TradeRange
  /** The input itself was dropped. */
  readonly dropped?: 'duplicate' | 'overflow'
}

/** The trades of one product, put into an unbroken order of ids. */
export interface TradeLine {
  /** The newest id that was handed on; `undefined` while nothing is known. */
  lastId(): number | undefined
  /** What is being fetched; live trades wait meanwhile. */
  filling(): TradeRange | undefined
  /** A match of the stream; `history` marks the one that is sent on subscribing and may be old. */
  trade(trade: Trade, history: boolean): LineStep
  /** The exchange's newest id; higher than ours twice in a row is a gap. */
  heartbeat(lastTradeId: number): LineStep
  /** The trades that could be had of `range`, in any order; ids that are missing become gap markers. */
  filled(range: TradeRange, trades: readonly Trade[], now: number): LineStep
  /** The record of this id could not be published: the line goes back to before it and will find a gap. */
  rewind(id: number): void
}

const nothing: LineStep = { records: [] }

const gapRecord = (product: string, range: TradeRange, at: number): TradeRecord => ({
  kind: 'gap',
  product,
  fromTradeId: range.from,
  tradeId: range.to,
  at,
})

/** The trades of a range in order of their ids, each once, with a marker for every hole. */
export const closeRange = (
  product: string,
  range: TradeRange,
  trades: readonly Trade[],
  now: number,
): readonly TradeRecord[] => {
  const inside = trades.filter((t) => t.tradeId >= range.from && t.tradeId <= range.to)
  const records: TradeRecord[] = []
  let next = range.from
  for (const trade of inside.toSorted((a, b) => a.tradeId - b.tradeId)) {
    if (trade.tradeId < next) continue
    if (trade.tradeId > next) {
      records.push(gapRecord(product, { from: next, to: trade.tradeId - 1 }, trade.at))
    }
    records.push(trade)
    next = trade.tradeId + 1
  }
  if (next <= range.to) records.push(gapRecord(product, { from: next, to: range.to }, now))
  return records
}

/** A line that goes on after `lastId`, keeping at most `maxWaiting` live trades while a gap is filled. */
export const createTradeLine = (
  product: string,
  { lastId: start, maxWaiting }: { lastId: number | undefined; maxWaiting: number },
): TradeLine => {
  let lastId = start
  let filling: TradeRange | undefined
  let waiting: Trade[] = []
  let suspectId: number | undefined

  const startFill = (to: number): TradeRange => {
    filling = { from: (lastId ?? to) + 1, to }
    return filling
  }

  /** More than the bound is dropped: the next one after the fill is a jump, and so a gap of its own. */
  const wait = (trade: Trade): LineStep => {
    if (waiting.length >= maxWaiting) return { records: [], dropped: 'overflow' }
    waiting.push(trade)
    return nothing
  }

  const live = (trade: Trade): LineStep => {
    if (lastId !== undefined && trade.tradeId <= lastId) {
      return { records: [], dropped: 'duplicate' }
    }
    if (filling) return wait(trade)
    if (lastId !== undefined && trade.tradeId > lastId + 1) {
      return { ...wait(trade), fill: startFill(trade.tradeId - 1) }
    }
    lastId = trade.tradeId
    return { records: [trade] }
  }

  /** Hands on what waited, up to the next jump, which starts the next fill. */
  const release = (): LineStep => {
    const held = waiting.toSorted((a, b) => a.tradeId - b.tradeId)
    waiting = []
    const records: TradeRecord[] = []
    let fill: TradeRange | undefined
    for (const trade of held) {
      const step = live(trade)
      records.push(...step.records)
      fill ??= step.fill
    }
    return { records, ...(fill && { fill }) }
  }

  return {
    lastId: () => lastId,
    filling: () => filling,
    trade: (trade, history) => {
      if (lastId !== undefined || !history) return live(trade)
      lastId = trade.tradeId
      return nothing
    },
    heartbeat: (id) => {
      lastId ??= id
      if (filling || id <= lastId) {
        suspectId = undefined
        return nothing
      }
      // The frames of two channels may cross: a gap is what the next heartbeat still finds missing.
      const confirmed = suspectId !== undefined && suspectId > lastId ? suspectId : undefined
      suspectId = id
      return confirmed === undefined ? nothing : { records: [], fill: startFill(confirmed) }
    },
    filled: (range, trades, now) => {
      // A rewind has made this fill void; the gap will be found again.
      if (range !== filling) return nothing
      const records = closeRange(product, range, [...trades, ...waiting], now)
      filling = undefined
      lastId = range.to
      const rest = release()
      return { ...rest, records: [...records, ...rest.records] }
    },
    rewind: (id) => {
      if (lastId === undefined || id > lastId) return
      lastId = id - 1
      filling = undefined
      suspectId = undefined
      waiting = []
    },
  }
}
