import { messageOf, ProviderError, type Sources } from '@flux/runtime'

/** The REST interface in `platform.sources`, and the source of every record. */
export const restSource = 'finnhub'

/** The trade stream in `platform.sources`. */
export const streamSource = 'finnhub-stream'

/** Failed calls in a row after which the provider counts as down. */
const downAfter = 3

/** How the provider does, for `platform.sources`. Quotes decide the state: without them nothing else is of use. */
export interface Health {
  /** A reply that decides nothing. */
  seen(outcome: 'ok' | 'failed'): void
  quoteWorked(): void
  quoteFailed(error: unknown): void
}

const aboutKey: ReadonlyMap<number | undefined, string> = new Map([
  [401, 'Finnhub refuses the key'],
  [403, 'the key does not give these quotes'],
  [429, 'the limit of calls is reached'],
])

const statusOf = (error: unknown): number | undefined =>
  error instanceof ProviderError ? error.status : undefined

/** Counts calls and tells the state: `ok`, `degraded`, and `down` after three failures or a refused key. */
export const createHealth = (sources: Pick<Sources, 'report' | 'seen'>): Health => {
  let failures = 0
  const seen: Health['seen'] = (outcome) => sources.seen(restSource, outcome)
  return {
    seen,
    quoteWorked: () => {
      failures = 0
      seen('ok')
      sources.report(restSource, { state: 'ok' })
    },
    quoteFailed: (error) => {
      failures += 1
      const status = statusOf(error)
      const isDown = failures >= downAfter || status === 401 || status === 403
      seen('failed')
      sources.report(restSource, {
        state: isDown ? 'down' : 'degraded',
        reason: aboutKey.get(status) ?? messageOf(error),
      })
    },
  }
}
