import type { MarketNow } from './market.ts'
import { newYorkDay } from './new-york.ts'
import type { Performers, Quote } from './values.ts'

type Performer = Performers['gainers'][number]

/** What making the lists needs beside the quotes. */
export interface PerformersOptions {
  readonly market: MarketNow
  /** Names of companies by symbol; a symbol without one is its own name. */
  readonly names: ReadonlyMap<string, string>
  /** Stocks in each list at most. */
  readonly count: number
  /** How many stocks should have a quote. */
  readonly wanted: number
  readonly now: number
}

/**
 * The quotes of the newest trading day that at least half of them have reached: what a halted stock did days ago is no
 * news, and one stock with a wrong date does not empty the lists.
 */
const quotesOfDay = (quotes: readonly Quote[]): readonly Quote[] => {
  const dated = quotes.map((quote) => ({ quote, day: newYorkDay(quote.at) }))
  const days = dated.map(({ day }) => day).toSorted((a, b) => b - a)
  const newest = days[Math.ceil(days.length / 2) - 1] ?? 0
  return dated.flatMap(({ quote, day }) => (day >= newest ? [quote] : []))
}

const performersAmong = (
  quotes: readonly Quote[],
  names: ReadonlyMap<string, string>,
): Performer[] =>
  quotes.flatMap((quote) => {
    const { symbol, changePercent } = quote
    return changePercent === null
      ? []
      : [{ ...quote, name: names.get(symbol) ?? symbol, changePercent }]
  })

/** Equal percentages: the larger change in USD first, then by symbol. (A quote has no volume to go by.) */
const most = (performers: readonly Performer[], direction: 1 | -1, count: number): Performer[] =>
  performers
    .filter(({ changePercent }) => changePercent * direction > 0)
    .toSorted(
      (a, b) =>
        direction * (b.changePercent - a.changePercent) ||
        Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0) ||
        (a.symbol < b.symbol ? -1 : 1),
    )
    .slice(0, count)

/**
 * The stocks that rose and fell most: rising is above zero and falling below it, so none is in both lists. `undefined`
 * while fewer than half of the stocks have a quote: half a list never replaces a whole one.
 */
export const performersOf = (
  quotes: readonly Quote[],
  options: PerformersOptions,
): Performers | undefined => {
  const { market, names, count, wanted, now } = options
  if (quotes.length === 0 || quotes.length * 2 < wanted) return undefined
  const counting = quotesOfDay(quotes)
  const performers = performersAmong(counting, names)
  return {
    market: 'US',
    ...market,
    quotesAt: Math.max(...counting.map(({ at }) => at)),
    gainers: most(performers, 1, count),
    losers: most(performers, -1, count),
    at: now,
  }
}
