import { cacheKey, refreshPerformers, stockQuotes, stockUniverse } from '@flux/contracts'
import {
  type ConfigOf,
  createBudget,
  DeferredError,
  type Leader,
  type Service,
} from '@flux/runtime'
import { type Book, createBook } from './book.ts'
import type { stockSettings } from './config.ts'
import { createEvents, type StockEvents } from './events.ts'
import { createHealth, restSource, streamSource } from './health.ts'
import { type LeadOptions, lead } from './lead.ts'
import { createMarketWatch } from './market-watch.ts'
import { createFinnhub } from './provider/finnhub-rest.ts'
import { recall } from './recall.ts'
import { createRefresh } from './refresh.ts'
import type { Round } from './round.ts'

/** The configuration of stock-service. */
export type StockConfig = ConfigOf<typeof stockSettings>

const names: ReadonlyMap<string, string> = new Map(
  stockUniverse.map(({ symbol, name }) => [symbol, name]),
)

const breakerShown = { closed: 'closed', open: 'open', 'half-open': 'half_open' } as const

const openFinnhub = (service: Service<StockConfig>, key: string) => {
  const { config, cache, clock, random, sources } = service
  const budgetKey = cacheKey.budget(restSource)
  const limit = config.finnhubRate
  return createFinnhub({
    url: config.finnhubUrl,
    key,
    budget: createBudget({ key: budgetKey, limit, windowMs: 60_000, cache, clock, random }),
    clock,
    onCall: sources.called,
    onBreaker: (state) => sources.report(restSource, { breaker: breakerShown[state] }),
  })
}

/** Leads without work, so that one replica alone tells the state. */
const idle = (leader: Leader): Promise<void> =>
  new Promise((resolve) => {
    if (leader.signal.aborted) return resolve()
    leader.signal.addEventListener('abort', () => resolve(), { once: true })
  })

const startWithoutKey = (service: Service<StockConfig>, events: StockEvents) => {
  const enabledBy = 'FINNHUB_API_KEY'
  const { simulated } = service.config
  const reason = `${enabledBy} is not set`
  events.unconfigured()
  service.sources.report(restSource, { state: 'unconfigured', reason, enabledBy, simulated })
  service.handle(refreshPerformers, async () => {
    throw new DeferredError(reason)
  })
  service.lead(idle)
}

const startWithKey = (service: Service<StockConfig>, events: StockEvents, key: string) => {
  const { config, clock, random, sources } = service
  const { symbols, simulated } = config
  const finnhub = openFinnhub(service, key)
  const health = createHealth(sources)
  const watch = createMarketWatch({ finnhub, clock, events, health })
  const recallQuotes = async (signal: AbortSignal) =>
    recall(await service.newest(stockQuotes, signal), { symbols, simulated })
  let held: { readonly book: Book; readonly round: Round } | undefined
  const refresh = createRefresh({
    ...{ watch, names, clock, events, simulated },
    publish: service.publish,
    count: config.performersCount,
    book: async (signal) => held?.book ?? createBook(await recallQuotes(signal)),
    wanted: () => held?.round.active(clock.monotonic()) ?? symbols.length,
  })
  sources.report(restSource, { simulated, breaker: 'closed' })
  if (config.stream) sources.report(streamSource, { simulated })
  service.handle(refreshPerformers, (_, { signal }) => refresh.onCommand(signal))
  const options: LeadOptions = {
    ...{ clock, random, events, finnhub, health, sources, watch, refresh, symbols, simulated },
    perMinute: config.finnhubRate,
    closedEveryMs: config.closedEverySeconds * 1_000,
    performersEveryMs: config.performersEverySeconds * 1_000,
    stream: config.stream ? { url: config.finnhubWsUrl, key } : undefined,
    recall: recallQuotes,
    onHeld: (next) => {
      held = next
    },
  }
  service.lead((leader) => lead(options, leader), { polls: ['performers'], pipes: [stockQuotes] })
}

/** Puts the service together: commands on every replica, rounds of quotes and the stream on the leader. */
export const startStock = async (service: Service<StockConfig>): Promise<void> => {
  const events = createEvents(service.log, service.metrics)
  const key = service.config.finnhubApiKey
  if (key === undefined) startWithoutKey(service, events)
  else startWithKey(service, events, key)
}
