import { type Clock, ProviderError } from '@flux/runtime'

/** How long nothing is asked for after a refused key, and after a limit without a `Retry-After`, in milliseconds. */
const refusedKeyMs = 10 * 60_000
const limitedMs = 60_000

/** Stops all calls for a while when the provider has answered for the key, not for one call. */
export interface Hold {
  /** Throws ProviderError `held` while calls are held, with the time that is left. */
  check(): void
  /** Looks at a failed call: 401 and 429 are about the key. */
  note(error: unknown): void
}

const reasonFor = (status: number | undefined): { why: string; ms: number } | undefined => {
  if (status === 401) return { why: 'the key is refused', ms: refusedKeyMs }
  return status === 429 ? { why: 'the limit of calls is reached', ms: limitedMs } : undefined
}

/** Makes a hold that lets calls through. */
export const createHold = (provider: string, clock: Clock): Hold => {
  let until = Number.NEGATIVE_INFINITY
  let reason = ''
  return {
    check: () => {
      const retryAfterMs = until - clock.monotonic()
      if (retryAfterMs <= 0) return
      const failure = { code: 'held', retryable: true, retryAfterMs }
      throw new ProviderError(provider, `${provider}: no calls for now: ${reason}`, failure)
    },
    note: (error) => {
      if (!(error instanceof ProviderError)) return
      const found = reasonFor(error.status)
      if (!found) return
      reason = found.why
      until = clock.monotonic() + Math.max(error.retryAfterMs ?? 0, found.ms)
    },
  }
}
