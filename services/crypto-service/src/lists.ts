import type { cryptoMovers, cryptoTopcoins, ValueOf } from '@flux/contracts'
import { type Budget, type Clock, DeferredError } from '@flux/runtime'
import type { CryptoEvents } from './events.ts'
import { moversOf } from './movers.ts'
import type { CoinbaseRest } from './provider/coinbase-rest.ts'
import type { CoinGecko } from './provider/coingecko.ts'
import { rankCoins, topcoinsOf } from './topcoins.ts'

type Movers = ValueOf<typeof cryptoMovers>

/** How long the exchange's product list is good, in milliseconds. */
const productsForMs = 3_600_000

/** How long a caller waits for a call to the provider to be free, in milliseconds. */
const maxWaitMs = 5_000

/** What one call to the market list gives. */
export interface Lists {
  /** `undefined` when a window has no movers at all: the last good list stays. */
  readonly movers: Movers | undefined
  /** `undefined` when no coin has a rank. */
  readonly topcoins: ValueOf<typeof cryptoTopcoins> | undefined
  /** Products of the ranked coins, largest first. */
  readonly ranked: readonly string[]
  /** Products that trade in USD; `undefined` while the exchange has not said. */
  readonly existing: ReadonlySet<string> | undefined
}

/** What fetching lists needs. */
export interface ListsOptions {
  readonly coinGecko: CoinGecko
  readonly coinbase: Pick<CoinbaseRest, 'products'>
  readonly budget: Budget
  readonly clock: Clock
  readonly events: CryptoEvents
  /** Products that are taken to exist while the exchange has not said. */
  readonly assumed: readonly string[]
  readonly minMarketCapUsd: number
  readonly moversCount: number
  readonly topCoins: number
}

const hasBothWindows = (movers: Movers): boolean =>
  movers.gainers1h.length + movers.losers1h.length > 0 &&
  movers.gainers24h.length + movers.losers24h.length > 0

/** The products that trade in USD, asked for once an hour; an answer that fails leaves the last one in place. */
const createProducts = ({ coinbase, clock, events }: ListsOptions) => {
  let known: ReadonlySet<string> | undefined
  let fetchedAt = Number.NEGATIVE_INFINITY
  return async (signal: AbortSignal): Promise<ReadonlySet<string> | undefined> => {
    if (clock.monotonic() - fetchedAt < productsForMs) return known
    try {
      const products = await coinbase.products(signal)
      if (products.size === 0) return known
      known = products
      fetchedAt = clock.monotonic()
    } catch (error) {
      signal.throwIfAborted()
      events.productsFailed(error)
    }
    return known
  }
}

/**
 * A function that fetches the market list once and makes everything of it. It throws ProviderError, `DeferredError`
 * when no call is free within 5 s, and the signal's reason.
 */
export const createLists = (options: ListsOptions): ((signal: AbortSignal) => Promise<Lists>) => {
  const { clock, events } = options
  const productsOf = createProducts(options)
  return async (signal) => {
    if (!(await options.budget.take(signal, { maxWaitMs }))) throw new DeferredError()
    const [page, existing] = await Promise.all([
      options.coinGecko.markets(signal),
      productsOf(signal),
    ])
    events.listFetched(page.coins.length, page.refused)
    const now = clock.now()
    const ranked = rankCoins(page.coins, existing ?? new Set(options.assumed))
    const { minMarketCapUsd, moversCount: count } = options
    const movers = moversOf(page.coins, { minMarketCapUsd, count, now })
    const topcoins = topcoinsOf(ranked, { count: options.topCoins, now })
    return {
      movers: hasBothWindows(movers) ? movers : undefined,
      topcoins: topcoins.coins.length > 0 ? topcoins : undefined,
      ranked: ranked.flatMap(({ product }) => product ?? []),
      existing,
    }
  }
}
