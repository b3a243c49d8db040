import { cryptoMovers, cryptoTopcoins } from '@flux/contracts'
import { createSingleFlight, DeferredError, ProviderError, type Service } from '@flux/runtime'
import type { CryptoEvents } from './events.ts'
import type { Lists } from './lists.ts'

/** What publishing lists needs. */
export interface RefreshOptions {
  readonly publish: Service<unknown>['publish']
  readonly fetch: (signal: AbortSignal) => Promise<Lists>
  readonly events: CryptoEvents
  readonly simulated: boolean
}

/** Both lists come from one call, so both are published whoever asked. */
export interface Refresh {
  /** Throws as `fetch` does; what was published before stays. */
  now(signal: AbortSignal): Promise<Lists>
  /** The same for a command: one call for all who ask at once. A provider that fails defers it. */
  onCommand(signal: AbortSignal): Promise<void>
}

/** Publishes the lists that `fetch` gives. */
export const createRefresh = (options: RefreshOptions): Refresh => {
  const { publish, events, simulated } = options
  const flights = createSingleFlight<Lists>()

  const now = async (signal: AbortSignal): Promise<Lists> => {
    const from = { source: 'coingecko', simulated, signal }
    try {
      const lists = await options.fetch(signal)
      if (lists.movers) await publish(cryptoMovers, lists.movers, from)
      if (lists.topcoins) await publish(cryptoTopcoins, lists.topcoins, from)
      return lists
    } catch (error) {
      if (error instanceof ProviderError) events.listFailed(error)
      throw error
    }
  }

  return {
    now,
    onCommand: async (signal) => {
      try {
        await flights.run('lists', now, signal)
      } catch (error) {
        // Asking again is the business of those who look.
        throw error instanceof ProviderError ? new DeferredError(error.message) : error
      }
    },
  }
}
