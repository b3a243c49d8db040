import { type Clock, fetchJson, type OnCall, ProviderError } from '@flux/runtime'
import * as z from 'zod'
import type { Coin } from './coin.ts'
import { coinWire, errorText } from './coingecko-wire.ts'

const provider = 'coingecko'

/** One page of the market list. */
export interface MarketPage {
  readonly coins: readonly Coin[]
  /** Items that were no coin, or a coin without a price. */
  readonly refused: number
}

/** The market list, largest coins first. */
export interface CoinGecko {
  /** The 250 largest coins: one call. Throws ProviderError; never returns an empty or mostly broken page. */
  markets(signal: AbortSignal): Promise<MarketPage>
}

/** Reads a reply. Throws ProviderError `bad_shape` for an error object, an empty list or one that is mostly broken. */
export const readMarkets = (body: unknown): MarketPage => {
  const refuse = (why: string) =>
    new ProviderError(provider, `coingecko: /coins/markets: ${why}`, {
      code: 'bad_shape',
      retryable: false,
    })
  if (!Array.isArray(body)) throw refuse(errorText(body) ?? 'no list')
  const coins = body.flatMap((item: unknown) => {
    const parsed = coinWire.safeParse(item)
    return parsed.success ? [parsed.data] : []
  })
  const refused = body.length - coins.length
  if (coins.length <= refused) throw refuse(`${coins.length} of ${body.length} coins can be read`)
  return { coins, refused }
}

const query = new URLSearchParams({
  vs_currency: 'usd',
  order: 'market_cap_desc',
  per_page: '250',
  page: '1',
  sparkline: 'false',
  price_change_percentage: '1h,24h,7d',
})

/** `headers` hold the key, where there is one. */
export const createCoinGecko = (options: {
  url: string
  headers: Readonly<Record<string, string>>
  clock: Clock
  onCall?: OnCall
}): CoinGecko => ({
  markets: async (signal) => {
    const { value } = await fetchJson({
      provider,
      url: `${options.url}/coins/markets?${query}`,
      headers: options.headers,
      timeoutMs: 10_000,
      maxBytes: 4_000_000,
      schema: z.unknown(),
      signal,
      clock: options.clock,
      onCall: options.onCall,
    })
    return readMarkets(value)
  },
})
