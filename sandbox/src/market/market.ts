import { createArrivals } from './arrivals.ts'
import { createInstrument, type Instrument, meanFills, type Trade } from './instrument.ts'
import type { Listing } from './listing.ts'
import { createRandom, type Random } from './random.ts'
import { day, minute, second } from './time.ts'
import { products, unlisted } from './universe.ts'

/** What a market tells as its time passes; times are in microseconds. */
export interface MarketListener {
  onMatch(instrument: Instrument, trade: Trade): void
  /** Every whole second. */
  onSecond(time: number): void
}

/** A seeded exchange. It has no clock: time passes when somebody runs it, always in the same steps. */
export interface Market {
  readonly seed: number
  /** By product id. */
  readonly instruments: ReadonlyMap<string, Instrument>
  /** One for every coin that CoinGecko lists. */
  readonly coins: readonly Instrument[]
  /** Microseconds since 1970 on the market's own time. */
  time(): number
  /** Matches per second over all products. */
  rate(): number
  setRate(matchesPerSecond: number): void
  /** When something happens next, in microseconds. */
  nextAt(): number
  /** Everything up to and including `time` happens. */
  runUntil(time: number): void
  /** Goes to `time` without anything happening on the way. */
  skipTo(time: number): void
  /** One match now, of `product` or of one chosen by weight; undefined for an unknown product. */
  step(product?: string): Trade | undefined
  /** Calling the result stops it. */
  listen(listener: MarketListener): () => void
}

/** Rate of the ten minutes before the start, whatever the rate is afterwards: the seed alone decides them. */
const warmUpRate = 20
const warmUpMinutes = 10

const createInstruments = (seed: number, startAt: number): Instrument[] => {
  const made = new Map<string, Instrument>()
  return [...products, ...unlisted].map((listing) => {
    const leader = listing.follows && made.get(listing.follows.product)
    const instrument = createInstrument(listing, { seed, startAt, leader })
    if (listing.product) made.set(listing.product, instrument)
    return instrument
  })
}

/** Chooses by the volume of a day, softened so that small products are seen too. */
const createChooser = (listed: readonly Instrument[], random: Random): (() => Instrument) => {
  const [first] = listed
  if (first === undefined) throw new RangeError('a market needs at least one product')
  let total = 0
  const sums = listed.map(({ listing }) => {
    total += listing.volumeMillions ** 0.65
    return total
  })
  return () => {
    const point = random.next() * total
    return listed[sums.findIndex((sum) => sum > point)] ?? first
  }
}

const isCoin = ({ listing }: { listing: Listing }): boolean => !listing.secondary

const writeHistory = (all: readonly Instrument[], startAt: number) => {
  const end = startAt - (startAt % minute) - warmUpMinutes * minute
  for (let start = end - day; start < end; start += minute) {
    for (const instrument of all) instrument.backfill(start)
  }
  for (const instrument of all) instrument.order(end, 1)
  return end
}

const ordersPerMicrosecond = (matchesPerSecond: number): number =>
  matchesPerSecond / meanFills / second

/** The next whole second after `time`. */
const secondAfter = (time: number): number => time - (time % second) + second

/** The 60 products and the other coins, with 24 hours of bars that end at `now`. */
const createPopulation = (seed: number, startAt: number) => {
  const all = createInstruments(seed, startAt)
  const now = writeHistory(all, startAt)
  const listed = all.filter(({ listing }) => listing.product !== undefined)
  return {
    now,
    listed,
    hidden: all.filter(({ listing }) => listing.product === undefined),
    coins: all.filter(isCoin),
    instruments: new Map(listed.map((i) => [i.listing.product ?? '', i])),
  }
}

/** A market with 24 hours of bars and ten minutes of trades behind it. `startAt` is in epoch milliseconds. */
export const createMarket = (options: { seed: number; startAt: number; rate: number }): Market => {
  const { seed } = options
  const startAt = Math.floor(options.startAt) * 1000
  const population = createPopulation(seed, startAt)
  const { instruments, coins } = population
  const random = createRandom(seed, 'arrivals')
  const choose = createChooser(population.listed, random)
  const listeners = new Set<MarketListener>()
  let { now } = population
  let rate = warmUpRate
  let nextSecond = secondAfter(now)
  const perMicrosecond = ordersPerMicrosecond(rate)
  const arrivals = createArrivals(random, { from: now, perMicrosecond })

  const order = (instrument: Instrument, most: number): readonly Trade[] => {
    const trades = instrument.order(now, most)
    for (const trade of trades)
      for (const listener of listeners) listener.onMatch(instrument, trade)
    return trades
  }
  const passOrder = (time: number) => {
    now = time
    arrivals.take(time)
    order(choose(), Number.POSITIVE_INFINITY)
  }
  const passSecond = (time: number) => {
    now = time
    nextSecond = secondAfter(now)
    if (now % (10 * second) === 0) for (const coin of population.hidden) coin.order(now, 1)
    for (const listener of listeners) listener.onSecond(now)
  }
  const nextAt = () => Math.min(nextSecond, arrivals.nextAt())
  const runUntil = (time: number) => {
    for (let next = nextAt(); next <= time; next = nextAt()) {
      if (next === nextSecond) passSecond(next)
      else passOrder(next)
    }
    now = Math.max(now, time)
  }
  const setRate = (matchesPerSecond: number) => {
    arrivals.setRate(now, ordersPerMicrosecond(matchesPerSecond))
    rate = matchesPerSecond
  }
  const skipTo = (time: number) => {
    now = Math.max(now, time)
    arrivals.skipTo(now)
    nextSecond = secondAfter(now)
  }
  const step = (product?: string) => {
    const instrument = product === undefined ? choose() : instruments.get(product)
    return instrument && order(instrument, 1)[0]
  }
  const listen = (listener: MarketListener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const current = { time: () => now, rate: () => rate, nextAt }
  runUntil(startAt)
  setRate(options.rate)
  return { seed, instruments, coins, ...current, setRate, runUntil, skipTo, step, listen }
}
