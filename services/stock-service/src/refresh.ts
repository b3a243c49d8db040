import { stockPerformers } from '@flux/contracts'
import { type Clock, createSingleFlight, DeferredError, type Service } from '@flux/runtime'
import type { Book } from './book.ts'
import type { StockEvents } from './events.ts'
import { restSource } from './health.ts'
import { isTrading, type MarketNow } from './market.ts'
import type { MarketWatch } from './market-watch.ts'
import { performersOf } from './performers.ts'

/** While the market trades, lists of quotes that were heard longer ago are not published again, in milliseconds. */
const outdatedMs = 4 * 60_000

/** What publishing performers needs. */
export interface RefreshOptions {
  readonly publish: Service<unknown>['publish']
  readonly watch: MarketWatch
  /** The newest quotes: those that the leader holds, or what its topic holds. */
  book(signal: AbortSignal): Promise<Book>
  readonly names: ReadonlyMap<string, string>
  readonly count: number
  /** How many stocks should have a quote. */
  wanted(): number
  readonly clock: Clock
  readonly events: Pick<StockEvents, 'performers'>
  readonly simulated: boolean
}

/** Publishes the performers, whoever asked. */
export interface Refresh {
  /** False when there is nothing to publish: too few quotes, or outdated ones. Then the last good value stays. */
  now(signal: AbortSignal): Promise<boolean>
  /** The same for a command, once for all who ask at once; throws DeferredError when there is nothing to publish. */
  onCommand(signal: AbortSignal): Promise<void>
}

/** A list that is published looks new: it must not be made of prices that stopped coming while they move. */
const isCurrent = (heardAt: number, market: MarketNow, now: number): boolean =>
  now - heardAt <= outdatedMs || (market.status !== 'unknown' && !isTrading(market, now))

/** Publishes what the quotes and the market status give. */
export const createRefresh = (options: RefreshOptions): Refresh => {
  const { watch, names, count, clock, events, simulated } = options
  const flights = createSingleFlight<boolean>()

  const now = async (signal: AbortSignal): Promise<boolean> => {
    await watch.ask(signal)
    const book = await options.book(signal)
    const at = clock.now()
    const market = watch.now()
    const wanted = options.wanted()
    const performers = performersOf(book.quotes(), { market, names, count, wanted, now: at })
    const isGood = isCurrent(book.heardAt(), market, at)
    events.performers(performers ? (isGood ? 'published' : 'outdated') : 'waiting')
    if (!performers || !isGood) return false
    await options.publish(stockPerformers, performers, { source: restSource, simulated, signal })
    return true
  }

  return {
    now,
    onCommand: async (signal) => {
      const published = await flights.run('performers', now, signal)
      if (!published) throw new DeferredError('there are no quotes to make performers of')
    },
  }
}
