import { toNumber } from '../market/decimal.ts'
import type { Instrument } from '../market/instrument.ts'
import { createRandom } from '../market/random.ts'
import { day, minute } from '../market/time.ts'

/** One entry of `/coins/markets`. */
export type Coin = Readonly<Record<string, unknown>> & {
  readonly id: string
  readonly market_cap: number | null
  readonly total_volume: number | null
}

/** Spans that `price_change_percentage` can name. */
export const spans = ['1h', '24h', '7d', '14d', '30d', '200d', '1y'] as const

/** One of `spans`. */
export type Span = (typeof spans)[number]

/** What a request wants to see of each coin; `factor` turns USD into the wanted currency. */
export interface CoinView {
  readonly factor: number
  readonly spans: readonly Span[]
  readonly seed: number
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Large prices come as whole numbers, others with two digits, small ones with six that count. */
export const roundPrice = (value: number): number => {
  if (value >= 10_000) return Math.round(value)
  return value >= 1 ? round(value, 2) : Number(value.toPrecision(6))
}

const percent = (from: number, to: number): number => ((to - from) / from) * 100

const change = (from: number | null, to: number): number | null =>
  from === null || from === 0 ? null : percent(from, to)

interface Prices {
  readonly now: number
  readonly high: number
  readonly low: number
  readonly hourAgo: number | null
  readonly dayAgo: number | null
  readonly weekAgo: number | null
  readonly volume: number
}

const pricesOf = (instrument: Instrument, factor: number): Prices => {
  const { listing } = instrument
  const price = (ticks: number) => toNumber(ticks, listing.priceDecimals) * factor
  const stats = instrument.stats()
  const last = instrument.last()
  const hourAgo = instrument.bars.closeAt(last.time - 60 * minute)
  return {
    now: price(last.price),
    high: price(stats.high),
    low: price(stats.low),
    hourAgo: hourAgo === undefined ? null : price(hourAgo),
    dayAgo: stats.open === 0 ? null : price(stats.open),
    weekAgo: listing.fresh ? null : price(instrument.weekAgo()),
    volume: toNumber(stats.volume, listing.sizeDecimals) * price(last.price),
  }
}

/** Things that do not move: records of all time, drawn once per seed and coin. */
const recordsOf = (instrument: Instrument, view: CoinView, now: number) => {
  const { listing } = instrument
  const random = createRandom(view.seed, `records/${listing.id}`)
  const start = listing.price * view.factor
  const ath = start * (1.6 + 8 * random.next())
  const atl = start * (0.002 + 0.3 * random.next())
  const daysAgo = (days: number) =>
    new Date((instrument.last().time - days * day) / 1000).toISOString()
  const athDays = random.int(60, 1800)
  const atlDays = random.int(1801, 3600)
  return {
    ath: roundPrice(ath),
    ath_change_percentage: round(percent(ath, now), 5),
    ath_date: daysAgo(athDays),
    atl: roundPrice(atl),
    atl_change_percentage: round(percent(atl, now), 5),
    atl_date: daysAgo(atlDays),
    roi: random.chance(0.07)
      ? { times: 12 * random.next(), currency: 'usd', percentage: 1200 * random.next() }
      : null,
  }
}

const supplyOf = (instrument: Instrument, now: number) => {
  const { supply, maxSupply } = instrument.listing
  return {
    fully_diluted_valuation: maxSupply === null ? null : Math.round(maxSupply * now),
    circulating_supply: supply,
    total_supply: maxSupply === null ? supply : Math.max(supply, maxSupply * 0.93),
    max_supply: maxSupply,
  }
}

const changesOf = (prices: Prices, wanted: readonly Span[]) => {
  const bySpan: Readonly<Partial<Record<Span, number | null>>> = {
    '1h': change(prices.hourAgo, prices.now),
    '24h': change(prices.dayAgo, prices.now),
    '7d': change(prices.weekAgo, prices.now),
  }
  return Object.fromEntries(
    wanted.map((span) => [`price_change_percentage_${span}_in_currency`, bySpan[span] ?? null]),
  )
}

const identityOf = ({ listing }: Instrument) => ({
  id: listing.id,
  symbol: listing.base.toLowerCase(),
  name: listing.name,
  image: `https://assets.coingecko.com/coins/images/0/large/${listing.id}.png`,
})

const dayOf = (prices: Prices, cap: number) => {
  const daily = change(prices.dayAgo, prices.now)
  return {
    total_volume: Math.round(prices.volume),
    high_24h: roundPrice(prices.high),
    low_24h: roundPrice(prices.low),
    price_change_24h: prices.dayAgo === null ? null : prices.now - prices.dayAgo,
    price_change_percentage_24h: daily === null ? null : round(daily, 5),
    market_cap_change_24h: daily === null ? null : Math.round((cap * daily) / (100 + daily)),
    market_cap_change_percentage_24h: daily === null ? null : round(daily, 5),
  }
}

const blank = {
  ...{ current_price: null, fully_diluted_valuation: null, high_24h: null, low_24h: null },
  ...{ price_change_24h: null, price_change_percentage_24h: null, market_cap_change_24h: null },
  ...{ market_cap_change_percentage_24h: null, circulating_supply: null, total_supply: null },
  ...{ max_supply: null, ath: null, ath_change_percentage: null, ath_date: null, atl: null },
  ...{ atl_change_percentage: null, atl_date: null, roi: null, last_updated: null },
}

/** One coin as `/coins/markets` shows it, without its rank. */
export const coinOf = (instrument: Instrument, view: CoinView): Coin => {
  const identity = identityOf(instrument)
  if (instrument.listing.blank) {
    const changes = view.spans.map((span) => [`price_change_percentage_${span}_in_currency`, null])
    return {
      ...{ ...identity, market_cap: null, total_volume: null, market_cap_rank: null, ...blank },
      ...Object.fromEntries(changes),
    }
  }
  const prices = pricesOf(instrument, view.factor)
  const cap = Math.round(prices.now * instrument.listing.supply)
  return {
    ...identity,
    current_price: roundPrice(prices.now),
    market_cap: cap,
    market_cap_rank: null,
    ...dayOf(prices, cap),
    ...supplyOf(instrument, prices.now),
    ...recordsOf(instrument, view, prices.now),
    last_updated: new Date(Math.floor(instrument.last().time / 1000)).toISOString(),
    ...changesOf(prices, view.spans),
  }
}

/** Coins with their ranks by market cap; a coin without a cap has none. */
export const ranked = (coins: readonly Coin[]): Coin[] => {
  const byCap = coins
    .filter((coin) => coin.market_cap !== null)
    .sort((a, b) => (b.market_cap ?? 0) - (a.market_cap ?? 0))
  const ranks = new Map(byCap.map((coin, i) => [coin.id, i + 1]))
  return coins.map((coin) => ({ ...coin, market_cap_rank: ranks.get(coin.id) ?? null }))
}

const compareNullable = (a: number | null, b: number | null): number =>
  (a ?? Number.NEGATIVE_INFINITY) - (b ?? Number.NEGATIVE_INFINITY)

const byId = (a: Coin, b: Coin): number => (a.id < b.id ? -1 : 1)

const ascending: Readonly<Record<string, (a: Coin, b: Coin) => number>> = {
  market_cap: (a, b) => compareNullable(a.market_cap, b.market_cap),
  volume: (a, b) => compareNullable(a.total_volume, b.total_volume),
  id: byId,
}

/** Sorts by `market_cap_desc`, `volume_asc`, `id_asc` and the like; what is unknown sorts by falling market cap. */
export const sorted = (coins: readonly Coin[], order: string): Coin[] => {
  const [, key = '', direction = ''] = /^(market_cap|volume|id)_(asc|desc)$/.exec(order) ?? []
  const compare = ascending[key] ?? ascending['market_cap'] ?? byId
  const sign = direction === 'asc' ? 1 : -1
  return [...coins].sort((a, b) => sign * compare(a, b) || byId(a, b))
}
