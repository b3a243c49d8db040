import { cacheKey } from '@flux/contracts'
import type { Breaker, Cache, Clock, Sources } from '@flux/runtime'
import * as z from 'zod'

const sharedWire = z.object({
  state: z.enum(['ok', 'degraded', 'down']),
  reason: z.string().nullable(),
  breaker: z.enum(['closed', 'open', 'half_open']),
  lastSuccessAt: z.number().nullable(),
  at: z.number(),
})

/** What a replica knows of the provider, as it is shared. */
type Shared = z.infer<typeof sharedWire>

/** How the provider does. Any replica may know; the one that leads tells. */
export interface Health {
  /** A place was fetched. */
  worked(): void
  /** It does badly, for a reason that is not the place's. */
  failed(state: 'degraded' | 'down', reason: string): void
  /** Counts a fetch that gave no weather, whyever. */
  refused(): void
  /** Takes over what other replicas have seen since. */
  follow(): Promise<void>
}

const shareEveryMs = 2_000
const sharedForMs = 3_600_000

const parse = (text: string | undefined): Shared | undefined => {
  try {
    return text === undefined ? undefined : sharedWire.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Reports a provider to `sources`, with what the other replicas see. */
export const createHealth = (options: {
  readonly provider: string
  readonly callsPerPlace: number
  readonly sources: Sources
  readonly cache: Pick<Cache, 'get' | 'set'>
  readonly clock: Clock
  readonly simulated: boolean
  breaker(): ReturnType<Breaker['state']>
}): Health => {
  const { provider, callsPerPlace, sources, cache, clock, simulated } = options
  // No place is called `~health`.
  const key = cacheKey.reply(provider, '~health')
  let own: Shared = { state: 'ok', reason: null, breaker: 'closed', lastSuccessAt: null, at: 0 }
  let sharedAt = Number.NEGATIVE_INFINITY

  const report = ({ state, reason, breaker, lastSuccessAt }: Shared) => {
    const success = lastSuccessAt === null ? {} : { lastSuccessAt }
    sources.report(provider, { state, reason, breaker, simulated, ...success })
  }
  const share = (changed: boolean) => {
    const now = clock.monotonic()
    if (!changed && now - sharedAt < shareEveryMs) return
    sharedAt = now
    // Nobody waits for it: a miss only makes another replica's view older.
    void cache.set(key, JSON.stringify(own), sharedForMs)
  }
  const note = (next: Pick<Shared, 'state' | 'reason' | 'lastSuccessAt'>) => {
    const state = options.breaker()
    const breaker = state === 'half-open' ? 'half_open' : state
    const changed = next.state !== own.state || next.reason !== own.reason
    own = { ...next, breaker, at: clock.now() }
    report(own)
    share(changed)
  }

  report(own)
  return {
    worked: () => {
      sources.seen(provider, 'ok', callsPerPlace)
      note({ state: 'ok', reason: null, lastSuccessAt: clock.now() })
    },
    failed: (state, reason) => note({ state, reason, lastSuccessAt: own.lastSuccessAt }),
    refused: () => sources.seen(provider, 'failed'),
    follow: async () => {
      const shared = parse(await cache.get(key))
      if (!shared || shared.at <= own.at) return
      own = shared
      report(own)
    },
  }
}
