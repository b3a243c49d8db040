import { createRandom, type Random } from '../market/random.ts'
import type { StockListing } from './universe.ts'

/** One trade, in the field names of the stream. `t` is in milliseconds. */
export interface StockTrade {
  readonly s: string
  readonly p: number
  readonly t: number
  readonly v: number
  /** Conditions of the sale. */
  readonly c: readonly string[] | null
}

/** What `/quote` answers; `t` is in seconds. */
export interface StockQuote {
  readonly c: number
  readonly d: number | null
  readonly dp: number | null
  readonly h: number
  readonly l: number
  readonly o: number
  readonly pc: number
  readonly t: number
}

/** One stock's walk through its trading days; times are epoch milliseconds. */
export interface Stock {
  readonly symbol: string
  quote(): StockQuote
  /** The day's close becomes the previous one, and a new day opens with a gap. */
  beginDay(time: number): void
  /** A minute of history, without trades. */
  passMinute(time: number): void
  /** The trades of the second that ends at `time`, oldest first. */
  passSecond(time: number): StockTrade[]
  /** One trade now. */
  trade(time: number): StockTrade
}

/** Seconds of a regular session: over so many the volatility of a day is spread. */
const sessionSeconds = 23_400

const conditions: readonly (readonly string[] | null)[] = [
  ['1', '8', '24', '12'],
  ['1', '24', '12'],
  ['1', '12'],
  ['1'],
  null,
]

const round = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Prices are cents; some trades are done at the middle of the spread, half a cent between. */
const toTick = (price: number, random: Random): number =>
  Math.max(0.01, random.chance(0.05) ? round(price * 200, 0) / 200 : round(price, 2))

/** How many trades a second brings, with mean `rate` (Knuth's method). */
const poisson = (rate: number, random: Random): number => {
  const limit = Math.exp(-rate)
  let product = random.next()
  let count = 0
  while (product > limit) {
    count += 1
    product *= random.next()
  }
  return count
}

interface State {
  logPrice: number
  close: number
  open: number
  high: number
  low: number
  previousClose: number
  tradedAt: number
}

const openDay = (state: State, price: number, time: number) => {
  state.logPrice = Math.log(price)
  state.open = price
  state.high = price
  state.low = price
  state.close = price
  state.tradedAt = time
}

const mark = (state: State, price: number, time: number) => {
  state.close = price
  state.high = Math.max(state.high, price)
  state.low = Math.min(state.low, price)
  state.tradedAt = time
}

const quoteOf = (state: State): StockQuote => {
  const { close, previousClose, high, low, open, tradedAt } = state
  return {
    c: close,
    d: round(close - previousClose, 4),
    dp: round(((close - previousClose) / previousClose) * 100, 4),
    h: high,
    l: low,
    o: open,
    pc: previousClose,
    t: Math.floor(tradedAt / 1000),
  }
}

/** The stock as `seed` and the New York date decide it, on the morning of `date`. */
export const createStock = (
  listing: StockListing,
  options: { seed: number; date: string; time: number },
): Stock => {
  const { symbol, volatility } = listing
  const random = createRandom(options.seed, `stock/${symbol}/${options.date}`)
  const previousClose = round(listing.price * Math.exp(2 * volatility * random.normal()), 2)
  const state: State = {
    ...{ logPrice: 0, close: 0, open: 0, high: 0, low: 0, tradedAt: 0 },
    previousClose,
  }
  const gapped = (from: number) => round(from * Math.exp(0.4 * volatility * random.normal()), 2)
  const move = (seconds: number) => {
    state.logPrice += volatility * Math.sqrt(seconds / sessionSeconds) * random.normal()
  }
  const trade = (time: number): StockTrade => {
    const spread = 0.00006 * (random.next() - 0.5)
    const price = toTick(Math.exp(state.logPrice + spread), random)
    mark(state, price, time)
    const lot = random.chance(0.4) ? 100 * random.int(1, 4) : 0
    const size = lot || Math.ceil(40 * random.exponential())
    return { s: symbol, p: price, t: time, v: size, c: conditions[random.int(0, 4)] ?? null }
  }
  openDay(state, gapped(previousClose), options.time)
  return {
    symbol,
    quote: () => quoteOf(state),
    beginDay: (time) => {
      state.previousClose = round(state.close, 2)
      openDay(state, gapped(state.previousClose), time)
    },
    passMinute: (time) => {
      move(60)
      mark(state, round(Math.exp(state.logPrice), 2), time)
    },
    passSecond: (time) => {
      move(1)
      const times = Array.from(
        { length: poisson(listing.tradesPerSecond, random) },
        () => time - 999 + random.int(0, 999),
      )
      return times.sort((a, b) => a - b).map(trade)
    },
    trade,
  }
}
