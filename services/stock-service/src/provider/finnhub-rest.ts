import {
  type BreakerState,
  type Budget,
  type Clock,
  createBreaker,
  DeferredError,
  fetchJson,
  isRetryable,
  type OnCall,
  ProviderError,
  type Verdict,
} from '@flux/runtime'
import type { ZodType } from 'zod'
import type { MarketWord } from '../market.ts'
import { marketWire, type QuoteReply, quoteWire, readMarket, readQuote } from './finnhub-wire.ts'
import { createHold } from './hold.ts'

const provider = 'finnhub'
const timeoutMs = 8_000

/** How long a call waits for one to be free, in milliseconds. */
const maxWaitMs = 5_000

/**
 * The REST interface of Finnhub. Calls throw ProviderError (`held` while all calls are stopped), `breaker_open`,
 * `DeferredError` when no call is free within 5 s, and the signal's reason.
 */
export interface Finnhub {
  quote(symbol: string, signal: AbortSignal): Promise<QuoteReply>
  marketStatus(signal: AbortSignal): Promise<MarketWord>
}

/** What calling needs. */
export interface FinnhubOptions {
  readonly url: string
  readonly key: string
  readonly budget: Budget
  readonly clock: Clock
  readonly onCall?: OnCall
  onBreaker(state: BreakerState): void
}

/** Answers about the key or the symbol do not mean that the provider is unwell; a call that was not made means nothing. */
const judge = (error: unknown): Verdict => {
  if (!(error instanceof ProviderError)) return 'nothing'
  return isRetryable(error) && error.status !== 429 ? 'fault' : 'answer'
}

/** Makes the client. The key goes into a header: addresses are shown in errors, headers are not. */
export const createFinnhub = (options: FinnhubOptions): Finnhub => {
  const { clock, budget, key, onCall } = options
  const hold = createHold(provider, clock)
  const breaker = createBreaker({ clock, verdict: judge, onState: options.onBreaker })

  const fetch = async <T>(path: string, schema: ZodType<T>, signal: AbortSignal): Promise<T> => {
    if (!(await budget.take(signal, { maxWaitMs }))) throw new DeferredError()
    const url = `${options.url}${path}`
    const headers = { 'X-Finnhub-Token': key }
    const limits = { timeoutMs, maxBytes: 64_000 }
    const call = { provider, url, headers, signal, clock, onCall }
    const reply = await fetchJson({ ...call, ...limits, schema })
    return reply.value
  }

  const call = async <T>(path: string, schema: ZodType<T>, signal: AbortSignal): Promise<T> => {
    hold.check()
    try {
      return await breaker.run(() => fetch(path, schema, signal))
    } catch (error) {
      hold.note(error)
      throw error
    }
  }

  return {
    quote: async (symbol, signal) => {
      const query = new URLSearchParams({ symbol })
      const wire = await call(`/quote?${query}`, quoteWire, signal)
      return readQuote(symbol, wire, clock.now())
    },
    marketStatus: async (signal) => {
      const wire = await call('/stock/market-status?exchange=US', marketWire, signal)
      return readMarket(wire, clock.now())
    },
  }
}
