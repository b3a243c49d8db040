import type { Place } from '@flux/contracts'
import {
  BreakerOpenError,
  type BreakerOptions,
  type Clock,
  createBreaker,
  ProviderError,
  retry,
  type Verdict,
} from '@flux/runtime'
import type { Pay } from './budgets.ts'
import type { Health } from './health.ts'
import { kindOf, stopsAll } from './provider/failure.ts'
import type { Reading, WeatherProvider } from './provider/port.ts'
import { reasonFor } from './reasons.ts'
import type { Stops } from './stop.ts'

/** A 404 is a fine answer; a limit says nothing about how the provider does. */
const verdictOf = (error: unknown): Verdict => {
  if (!(error instanceof ProviderError) || stopsAll(error)) return 'nothing'
  return kindOf(error) === 'transient' ? 'fault' : 'answer'
}

/** The breaker of a provider, over all places. */
export const createProviderBreaker = (clock: Clock, onState: BreakerOptions['onState']) =>
  createBreaker({ clock, verdict: verdictOf, ...(onState && { onState }) })

/** What asking a provider needs. */
export interface AccessOptions {
  readonly provider: WeatherProvider
  readonly pay: Pay
  readonly stops: Stops
  readonly breaker: ReturnType<typeof createProviderBreaker>
  readonly health: Health
  readonly clock: Clock
  readonly random: () => number
  onStop(code: string, until: number): void
}

/** One more try, soon: an overload is often gone by then, and somebody waits. */
const patience = { attempts: 2, backoff: { baseMs: 500, maxMs: 1_000 }, maxRetryAfterMs: 2_000 }

const isTransient = (error: unknown) =>
  error instanceof ProviderError && kindOf(error) === 'transient'

/**
 * Fetches a place within the budget and as far as stop and breaker let it. Throws ProviderError (also while calls are
 * stopped or refused by the breaker: `breaker_open`), `DeferredError` without a token in time, the signal's reason.
 */
export const createAccess = (
  options: AccessOptions,
): ((place: Place, signal: AbortSignal) => Promise<Reading>) => {
  const { provider, breaker, stops, health, clock, random } = options
  const { name, title } = provider

  const paid = (place: Place, signal: AbortSignal) =>
    breaker.run(async () => {
      await options.pay(signal)
      return await provider.fetch(place, signal)
    })

  const note = async (error: ProviderError, place: Place) => {
    const reason = reasonFor(error, title, place.name)
    health.refused()
    if (stopsAll(error)) {
      const until = await stops.begin(error)
      options.onStop(error.code, until)
      const state = kindOf(error) === 'key' ? 'down' : 'degraded'
      return health.failed(state, `${reason}: no calls until ${new Date(until).toISOString()}`)
    }
    if (!isTransient(error)) return
    health.failed(breaker.state() === 'closed' ? 'degraded' : 'down', `${reason} (${error.code})`)
  }

  const refusedBy = ({ code, retryAfterMs }: BreakerOpenError, place: Place): ProviderError => {
    const failure = { code, retryable: true, retryAfterMs }
    const error = new ProviderError(name, `${name}: the breaker is open`, failure)
    health.failed('down', reasonFor(error, title, place.name))
    return error
  }

  return async (place, signal) => {
    await stops.check()
    try {
      const work = () => paid(place, signal)
      const retryable = isTransient
      const reading = await retry(work, { ...patience, clock, random, signal, retryable })
      health.worked()
      return reading
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof BreakerOpenError) throw refusedBy(error, place)
      if (error instanceof ProviderError) await note(error, place)
      throw error
    }
  }
}
