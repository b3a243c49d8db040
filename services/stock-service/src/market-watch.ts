import { type Clock, FluxError, ProviderError } from '@flux/runtime'
import type { StockEvents } from './events.ts'
import type { Health } from './health.ts'
import { type MarketNow, type MarketWord, marketAt } from './market.ts'
import type { Finnhub } from './provider/finnhub-rest.ts'

/** A word that still holds is not asked for again before it is so old, in milliseconds. */
const freshMs = 30_000

/** How long an endpoint that the key may not use is left alone, in milliseconds. */
const forbiddenMs = 86_400_000

/** Knows what the provider says about the market. */
export interface MarketWatch {
  /** Asks when that is due. A failure is told and leaves what was known; throws only the signal's reason and bugs. */
  ask(signal: AbortSignal): Promise<void>
  now(): MarketNow
}

/** What watching needs. */
export interface MarketWatchOptions {
  readonly finnhub: Pick<Finnhub, 'marketStatus'>
  readonly clock: Clock
  readonly events: Pick<StockEvents, 'statusFetched' | 'statusFailed'>
  readonly health: Pick<Health, 'seen'>
}

const isForbidden = (error: unknown): boolean =>
  error instanceof ProviderError && error.status === 403

/** Makes a watch that knows nothing yet. */
export const createMarketWatch = (options: MarketWatchOptions): MarketWatch => {
  const { clock, events, health } = options
  let word: MarketWord | undefined
  let forbiddenUntil = Number.NEGATIVE_INFINITY
  const now = () => marketAt(word, clock.now())

  const isFresh = () =>
    word !== undefined && clock.now() - word.saidAt < freshMs && now().status !== 'unknown'

  const failed = (error: unknown) => {
    if (!(error instanceof FluxError)) throw error
    events.statusFailed(error)
    if (error instanceof ProviderError && error.code !== 'held') health.seen('failed')
    if (isForbidden(error)) forbiddenUntil = clock.monotonic() + forbiddenMs
  }

  return {
    ask: async (signal) => {
      if (isFresh() || clock.monotonic() < forbiddenUntil) return
      try {
        word = await options.finnhub.marketStatus(signal)
      } catch (error) {
        signal.throwIfAborted()
        return failed(error)
      }
      events.statusFetched()
      health.seen('ok')
    },
    now,
  }
}
