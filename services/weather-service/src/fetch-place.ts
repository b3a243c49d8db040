import { type fetchWeather, type Place, weather } from '@flux/contracts'
import {
  type Clock,
  type CommandWork,
  DeferredError,
  ProviderError,
  type PublishOptions,
} from '@flux/runtime'
import { failedValue, fetchedValue, repeatedValue } from './answer.ts'
import type { WeatherEvents } from './events.ts'
import { kindOf } from './provider/failure.ts'
import type { Reading, WeatherProvider } from './provider/port.ts'
import { reasonFor } from './reasons.ts'
import type { Store } from './store.ts'
import type { Weather } from './values.ts'

/** What `fetchWeather` asks for. */
type Body = Parameters<(typeof fetchWeather)['keyOf']>[0]

/** Younger data answer a command without a call, in milliseconds. */
const freshMs = (weather.ages.refreshAfterMs ?? 0) / 2

/** A failure that may pass is not told before somebody has waited for so long, in milliseconds. */
const tellAfterMs = 30_000

/** Most places whose told failure is remembered. */
const maxFailing = 5_000

/** What the work needs. */
export interface FetchPlaceOptions {
  readonly provider: Pick<WeatherProvider, 'name' | 'title'>
  readonly store: Store
  readonly events: WeatherEvents
  readonly clock: Clock
  findPlace(id: string): Place | undefined
  fetch(place: Place, signal: AbortSignal): Promise<Reading>
  publish(value: Weather, options: Pick<PublishOptions, 'at' | 'signal'>): Promise<void>
}

/** Remembers which failures were told. */
const createTold = () => {
  const reasons = new Map<string, string>()
  return {
    has: (placeId: string, reason: string) => reasons.get(placeId) === reason,
    forget: (placeId: string) => void reasons.delete(placeId),
    note: (placeId: string, reason: string) => {
      reasons.delete(placeId)
      reasons.set(placeId, reason)
      const [oldest] = reasons.keys()
      if (reasons.size > maxFailing && oldest !== undefined) reasons.delete(oldest)
    },
  }
}

/** The work of `weather.fetch`. Throws `DeferredError` where asking again later is the better answer. */
export const createFetchPlace = (options: FetchPlaceOptions): CommandWork<Body> => {
  const { provider, store, events, clock } = options
  const told = createTold()

  const answer = async (place: Place, value: Weather, signal: AbortSignal) => {
    await options.publish(value, { signal })
    told.forget(place.id)
  }

  const defer = (place: Place, error: Error): never => {
    events.deferred(place.id, error.message)
    throw error instanceof DeferredError ? error : new DeferredError(error.message)
  }

  const fail = async (
    place: Place,
    error: ProviderError,
    waitedMs: number,
    signal: AbortSignal,
  ) => {
    events.failing(place.id, error)
    const reason = reasonFor(error, provider.title, place.name)
    const passes = kindOf(error) !== 'place'
    // A publish counts as an answer for minutes: what may work in a moment is asked again instead.
    if (passes && (waitedMs < tellAfterMs || told.has(place.id, reason))) return defer(place, error)
    const now = clock.now()
    const last = await store.lastGood(place.id, signal)
    const value = failedValue(reason, { place, provider: provider.name, last, now })
    // Without data the record is as old as one that has to be asked for again, so that it is.
    const due = value.asOf ?? (passes ? now - 2 * freshMs : now)
    await options.publish(value, { at: due, signal })
    events.failed(place.id)
    told.note(place.id, reason)
  }

  const ask = async (place: Place, last: Weather | undefined, signal: AbortSignal) => {
    const reading = await options.fetch(place, signal)
    const context = { place, provider: provider.name, last, now: clock.now() }
    const value = fetchedValue(reading, context)
    // Kept before it is published: should that fail, the command that comes again costs no call.
    await store.keep(value)
    await answer(place, value, signal)
    events.fetched(place.id)
  }

  return async ({ placeId }, { command, signal }) => {
    const place = options.findPlace(placeId)
    if (!place) return events.unknownPlace(placeId)
    const last = await store.recall(placeId, freshMs)
    if (last?.asOf != null && clock.now() - last.asOf < freshMs) {
      await answer(place, repeatedValue(last, clock.now()), signal)
      return events.cached(placeId)
    }
    try {
      await ask(place, last, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof DeferredError) return defer(place, error)
      if (!(error instanceof ProviderError)) throw error
      await fail(place, error, clock.now() - command.waitingSince, signal)
    }
  }
}
