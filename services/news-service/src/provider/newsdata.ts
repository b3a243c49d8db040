import { type Clock, fetchJson, type OnCall, ProviderError } from '@flux/runtime'
import * as z from 'zod'
import type { Category } from '../values.ts'
import { type NewsPage, provider, readLatest } from './newsdata-reply.ts'

/** Credits that are left, as the provider counts them; `undefined` where it does not say. */
export interface CreditsLeft {
  /** Of the 15-minute window. */
  readonly burst: number | undefined
  readonly day: number | undefined
}

/** Where stories come from. */
export interface NewsProvider {
  /** The newest page of a category: one call, one credit. Throws ProviderError. */
  latest(
    category: Category,
    signal: AbortSignal,
  ): Promise<NewsPage & { readonly left: CreditsLeft }>
}

const numberIn = (headers: Headers, ...names: readonly string[]): number | undefined => {
  const text = names.map((name) => headers.get(name)).find((value) => value !== null)
  return text && /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined
}

/** Credits left, from the headers of a reply; both spellings are documented. */
const creditsLeft = (headers: Headers): CreditsLeft => ({
  burst: numberIn(headers, 'x-ratelimit-remaining', 'x_rate_limit_remaining'),
  day: numberIn(headers, 'x-api-limit-remaining', 'x_api_limit_remaining'),
})

/** Status 401 and 403 are about the key or the address that calls: said in words that help. */
const explained = (error: unknown): unknown => {
  if (!(error instanceof ProviderError) || (error.status !== 401 && error.status !== 403))
    return error
  const why =
    error.status === 401 ? 'the key is not accepted' : 'the key is not accepted from this address'
  return new ProviderError(provider, `newsdata: /latest: ${why}`, {
    ...{ code: error.code, retryable: false, status: error.status },
  })
}

/** NewsData.io; the key goes into a header, never into an address. */
export const createNewsData = (options: {
  readonly url: string
  readonly apiKey: string
  readonly language: string
  readonly clock: Clock
  readonly onCall?: OnCall
}): NewsProvider => ({
  latest: async (category, signal) => {
    const query = new URLSearchParams({ category, language: options.language, size: '10' })
    try {
      const { value, headers } = await fetchJson({
        provider,
        url: `${options.url}/latest?${query}`,
        headers: { 'x-access-key': options.apiKey },
        timeoutMs: 10_000,
        maxBytes: 2_000_000,
        schema: z.unknown(),
        signal,
        clock: options.clock,
        onCall: options.onCall,
      })
      const now = Math.round(options.clock.now())
      return { ...readLatest(value, { category, now }), left: creditsLeft(headers) }
    } catch (error) {
      throw explained(error)
    }
  },
})
