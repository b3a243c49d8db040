import { type Bars, createBars, type DayStats } from './bars.ts'
import type { Listing } from './listing.ts'
import { createRandom, type Random } from './random.ts'
import { createRing, type Ring } from './ring.ts'
import { day, minute, second } from './time.ts'

/** One match. Prices are ticks and sizes units of the listing's decimals, times microseconds. */
export interface Trade {
  readonly id: number
  readonly sequence: number
  readonly time: number
  readonly price: number
  readonly size: number
  /** Who took: the maker's side is the other one. */
  readonly taker: 'buy' | 'sell'
  /** Id of the first match of the same taker order. */
  readonly order: number
}

/** The best bid and ask after the newest match. */
interface Quote {
  readonly bid: number
  readonly bidSize: number
  readonly ask: number
  readonly askSize: number
}

/** Which trades are wanted: ids below `after` and above `before`, the newest `limit` of them. */
interface TradePage {
  readonly after?: number | undefined
  readonly before?: number | undefined
  readonly limit: number
}

/** The market of one coin: its walk, its newest trades, its last 24 hours. */
export interface Instrument {
  readonly listing: Listing
  last(): Trade
  quote(): Quote
  stats(): DayStats
  /** The last 30 days' volume in size units. */
  volume30d(): number
  /** Natural logarithm of the fair price: what followers follow. */
  logPrice(): number
  /** Price in ticks seven days before the start. */
  weekAgo(): number
  bars: Pick<Bars, 'closeAt' | 'list'>
  /** Newest first. */
  trades(page: TradePage): Trade[]
  /** One minute of history without trades; only before the first order. */
  backfill(start: number): void
  /** One taker order at `time`: one match, sometimes several, never more than `most`. */
  order(time: number, most: number): Trade[]
  /** Sequence of the full feed at `time`: grows between matches, stays below the next match's. */
  sequenceAt(time: number): number
  /** Takes over a trade from a recording; `first` forgets the trades before it. */
  adopt(trade: Trade, first: boolean): void
}

/** Matches kept per product for REST: gap filling reads them. */
const tradesKept = 5_000

interface State {
  random: Random
  logPrice: number
  last: Trade
  quote: Quote
  sequenceStep: number
  volume29d: number
  weekAgo: number
  bars: Bars
  ring: Ring<Trade>
}

// A stable coin or a follower comes back to its anchor within about half a minute.
const returnRate = 1 / 30

const moveTo = (
  state: State,
  listing: Listing,
  seconds: number,
  leader: Instrument | undefined,
) => {
  const shock = (listing.volatility / Math.sqrt(86_400)) * Math.sqrt(seconds)
  const anchor = leader
    ? leader.logPrice() + Math.log(listing.follows?.ratio ?? 1)
    : listing.peg && Math.log(listing.peg)
  if (anchor !== undefined) {
    state.logPrice += (anchor - state.logPrice) * (1 - Math.exp(-returnRate * seconds))
  }
  state.logPrice += shock * state.random.normal()
}

const midOf = (state: State, listing: Listing): number =>
  Math.max(2, Math.exp(state.logPrice) * 10 ** listing.priceDecimals)

/** Size units worth a log-normal amount of money around 250 of the quote currency. */
const sizeOf = (state: State, listing: Listing): number => {
  const money = 250 * Math.exp(1.6 * state.random.normal())
  return Math.max(1, Math.round((money / Math.exp(state.logPrice)) * 10 ** listing.sizeDecimals))
}

// The exchange's sequence counts orders too: matches see steps of 2 to about 2,500.
const sequenceStep = (random: Random): number => 2 + Math.floor(2540 * random.next() ** 3)

const quoteAround = (state: State, listing: Listing, mid: number): Quote => {
  const spread = Math.max(1, Math.round(mid * 0.00004 * (1 + state.random.exponential())))
  const bid = Math.max(1, Math.round(mid - spread / 2))
  return {
    bid,
    bidSize: sizeOf(state, listing),
    ask: bid + spread,
    askSize: sizeOf(state, listing),
  }
}

const fillsOf = (random: Random): number => (random.chance(0.8) ? 1 : random.int(2, 6))

/** Average number of matches of one taker order. */
export const meanFills = 0.8 + 0.2 * 4

const fill = (state: State, listing: Listing, make: Omit<Trade, 'id' | 'sequence' | 'size'>) => {
  const trade: Trade = {
    ...make,
    id: state.last.id + 1,
    sequence: state.last.sequence + state.sequenceStep,
    size: sizeOf(state, listing),
  }
  state.sequenceStep = sequenceStep(state.random)
  state.last = trade
  state.ring.push(trade)
  state.bars.add(trade.time, trade.price, trade.size)
  return trade
}

const takeOrder = (
  state: State,
  listing: Listing,
  options: { time: number; most: number; leader: Instrument | undefined },
): Trade[] => {
  const { time, most, leader } = options
  moveTo(state, listing, Math.max(0.05, (time - state.last.time) / second), leader)
  const mid = midOf(state, listing)
  const quote = quoteAround(state, listing, mid)
  const taker = state.random.chance(0.5) ? 'buy' : 'sell'
  const fills = Math.min(most, fillsOf(state.random))
  const order = state.last.id + 1
  const trades: Trade[] = []
  for (let i = 0; i < fills; i++) {
    const price = taker === 'buy' ? quote.ask + i : Math.max(1, quote.bid - i)
    const shifted = taker === 'buy' ? { ask: price } : { bid: price }
    state.quote = { ...quote, ...shifted }
    trades.push(fill(state, listing, { time, price, taker, order }))
  }
  return trades
}

const backfillBar = (
  state: State,
  listing: Listing,
  options: { start: number; leader: Instrument | undefined },
) => {
  const open = Math.round(midOf(state, listing))
  moveTo(state, listing, 60, options.leader)
  const close = Math.round(midOf(state, listing))
  const reach = (open * listing.volatility) / Math.sqrt(1440) / 2
  const high = Math.max(open, close) + Math.round(reach * state.random.next())
  const low = Math.max(1, Math.min(open, close) - Math.round(reach * state.random.next()))
  const average = (listing.volumeMillions * 1e6) / 1440 / Math.exp(state.logPrice)
  const share = Math.exp(0.6 * state.random.normal() - 0.18)
  const volume = Math.round(average * share * 10 ** listing.sizeDecimals)
  state.bars.append({ start: options.start, open, high, low, close, volume })
}

/** Faster than any product trades, so that ids of a later start are higher than all of an earlier one. */
const idsPerSecond = 50
const sequencesPerId = 1_500
const year2020 = Date.UTC(2020, 0, 1) / 1_000

/** Ids that passed before the start: a sandbox that is started again goes on above what was published. */
const idsBefore = (startAt: number): number =>
  Math.max(0, Math.floor((startAt / second - year2020) * idsPerSecond))

const initialState = (listing: Listing, seed: number, startAt: number): State => {
  const random = createRandom(seed, `product/${listing.product ?? `coin/${listing.id}`}`)
  const ticks = Math.round(listing.price * 10 ** listing.priceDecimals)
  const dayUnits = ((listing.volumeMillions * 1e6) / listing.price) * 10 ** listing.sizeDecimals
  const passed = idsBefore(startAt)
  const own = Math.round(listing.volumeMillions * 1e6 * (0.5 + random.next())) + 10_000
  const id = own + passed
  const sequence = 2 ** 33 + own * random.int(40, 120) + passed * sequencesPerId
  const time = startAt - day
  return {
    random,
    logPrice: Math.log(listing.price),
    last: { id, sequence, time, price: ticks, size: 0, taker: 'buy', order: id },
    quote: { bid: ticks, bidSize: 0, ask: ticks, askSize: 0 },
    sequenceStep: sequenceStep(random),
    volume29d: listing.fresh ? 0 : Math.round(dayUnits * 29 * (0.8 + 0.4 * random.next())),
    weekAgo: Math.max(1, Math.round(ticks * Math.exp(2.4 * listing.volatility * random.normal()))),
    bars: createBars(),
    ring: createRing(tradesKept),
  }
}

const pageOf = (ring: Ring<Trade>, page: TradePage): Trade[] => {
  const found: Trade[] = []
  for (const trade of ring.newestFirst()) {
    if (found.length >= page.limit || trade.id <= (page.before ?? 0)) break
    if (trade.id < (page.after ?? Number.POSITIVE_INFINITY)) found.push(trade)
  }
  return found
}

/** The market of `listing` as `seed` decides it, a day before `startAt` (microseconds). */
export const createInstrument = (
  listing: Listing,
  options: { seed: number; startAt: number; leader?: Instrument | undefined },
): Instrument => {
  const { leader } = options
  const state = initialState(listing, options.seed, options.startAt)
  return {
    listing,
    bars: state.bars,
    last: () => state.last,
    quote: () => state.quote,
    stats: () => ({ ...state.bars.day(), ...(listing.fresh && { open: 0 }) }),
    volume30d: () => state.volume29d + state.bars.day().volume,
    logPrice: () => state.logPrice,
    weekAgo: () => state.weekAgo,
    trades: (page) => pageOf(state.ring, page),
    backfill: (start) => {
      if (!listing.fresh) backfillBar(state, listing, { start, leader })
      state.last = { ...state.last, time: start + minute }
    },
    order: (time, most) => takeOrder(state, listing, { time, most, leader }),
    sequenceAt: (time) => {
      const passed = Math.max(0, Math.floor((time - state.last.time) / second))
      return state.last.sequence + Math.min(state.sequenceStep - 1, passed)
    },
    adopt: (trade, first) => {
      if (first) {
        state.ring.clear()
        state.bars.clear()
      }
      state.last = trade
      state.logPrice = Math.log(trade.price / 10 ** listing.priceDecimals)
      state.bars.add(trade.time, trade.price, trade.size)
      state.ring.push(trade)
    },
  }
}
