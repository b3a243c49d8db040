import { lastSession, type MarketMode, type Session, sessionAt } from './calendar.ts'
import { localTime } from './new-york.ts'
import { createStock, type Stock, type StockTrade } from './stock.ts'
import { stocks } from './universe.ts'

/** The US stock market of one sandbox; times are epoch milliseconds on its own time. */
export interface Exchange {
  /** By symbol. */
  readonly stocks: ReadonlyMap<string, Stock>
  mode(): MarketMode
  setMode(mode: MarketMode): void
  session(time: number): Session
  /** The trades of the second that ends at `time`, oldest first; none outside the regular session. */
  passSecond(time: number): StockTrade[]
  /** `count` trades now, whatever the hour, of `symbol` or of all in turn. */
  burst(time: number, options: { symbol?: string | undefined; count: number }): StockTrade[]
}

const minuteMs = 60_000
/** A market that is forced open has been so for as long as a regular session lasts. */
const sessionMs = 390 * minuteMs

/** The session whose prices a market that begins at `time` shows first. */
const firstSession = (time: number, mode: MarketMode) => {
  if (mode !== 'open') return lastSession(time)
  return { date: localTime(time).date, from: time - sessionMs, until: time }
}

/** A market with the day until `startAt` behind it, or the last trading day when it is closed then. */
export const createExchange = (options: {
  seed: number
  startAt: number
  mode: MarketMode
}): Exchange => {
  const { seed } = options
  let { mode } = options
  const { date, from, until } = firstSession(options.startAt, mode)
  let day = date
  const all = stocks.map((listing) => createStock(listing, { seed, date, time: from }))
  for (let time = from + minuteMs; time <= until; time += minuteMs) {
    for (const stock of all) stock.passMinute(time)
  }
  const bySymbol = new Map(all.map((stock) => [stock.symbol, stock]))

  const passSecond = (time: number) => {
    const session = sessionAt(time, mode)
    if (session.phase !== 'regular') return []
    if (session.date !== day) for (const stock of all) stock.beginDay(time)
    day = session.date
    return all.flatMap((stock) => stock.passSecond(time)).sort((a, b) => a.t - b.t)
  }
  return {
    stocks: bySymbol,
    mode: () => mode,
    setMode: (wanted) => {
      mode = wanted
    },
    session: (time) => sessionAt(time, mode),
    passSecond,
    burst: (time, { symbol, count }) => {
      const chosen = symbol === undefined ? all : all.filter((stock) => stock.symbol === symbol)
      return Array.from({ length: count }, (_, i) => chosen[i % chosen.length]?.trade(time)).filter(
        (trade) => trade !== undefined,
      )
    },
  }
}
