import { cacheKey } from '@flux/contracts'
import { type Cache, type Clock, ProviderError } from '@flux/runtime'
import * as z from 'zod'

/** How long no calls are made when the provider does not say, in milliseconds. */
const defaultStopMs = 600_000
const maxStopMs = 86_400_000

const stopWire = z.object({ until: z.number(), code: z.enum(['limited', 'key_refused']) })

/** No call is made before `until` (epoch milliseconds): a limit or a refused key holds for all places. */
type Stop = z.infer<typeof stopWire>

/** The stop of a provider, known to all replicas that share the cache. */
export interface Stops {
  /** Throws ProviderError `limited` or `key_refused`, with what is left of it, while calls are stopped. */
  check(): Promise<void>
  /** Stops all calls for `Retry-After`, or ten minutes; returns until when (epoch milliseconds). */
  begin(error: ProviderError): Promise<number>
}

const parse = (text: string | undefined): Stop | undefined => {
  if (text === undefined) return undefined
  try {
    return stopWire.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Without the cache a replica knows of its own stop alone. */
export const createStops = (options: {
  readonly provider: string
  readonly cache: Pick<Cache, 'get' | 'set'>
  readonly clock: Clock
}): Stops => {
  const { provider, cache, clock } = options
  const key = cacheKey.once('stop', provider)
  let own: Stop | undefined

  const active = async (): Promise<Stop | undefined> => {
    const now = clock.now()
    if (own && own.until > now) return own
    const shared = parse(await cache.get(key))
    return shared && shared.until > now ? shared : undefined
  }

  return {
    check: async () => {
      const stop = await active()
      if (!stop) return
      throw new ProviderError(provider, `${provider}: calls are stopped`, {
        code: stop.code,
        retryable: false,
        retryAfterMs: stop.until - clock.now(),
      })
    },
    begin: async (error) => {
      const ms = Math.min(maxStopMs, Math.max(1_000, error.retryAfterMs ?? defaultStopMs))
      const code = error.code === 'key_refused' ? 'key_refused' : 'limited'
      own = { until: clock.now() + ms, code }
      await cache.set(key, JSON.stringify(own), ms)
      return own.until
    },
  }
}
