import type { Clock } from '../clock.ts'

/** When each key may leave again. */
export interface Pace<K> {
  /** Monotonic milliseconds; infinity while the key's last value is under way. */
  dueAt(key: K): number
  /** The key's value has left; `flight` resolves after `landed` was called for it. */
  left(key: K, flight: Promise<void>): void
  landed(key: K): void
  flying(key: K): boolean
  flights(): readonly Promise<void>[]
  /** Drops what is known of keys that may leave at `now` anyway; cheap when called often. */
  forget(now: number): void
}

/** Makes a pace of at most `perSecond` departures per second and key, one under way at a time. */
export const createPace = <K>(clock: Clock, perSecond: number): Pace<K> => {
  // Whole milliseconds, rounded up: a rate of 3 must not become a fourth departure by rounding.
  const gapMs = Math.ceil(1_000 / perSecond)
  const flights = new Map<K, Promise<void>>()
  const notBefore = new Map<K, number>()
  let forgottenAt = clock.monotonic()

  return {
    dueAt: (key) => (flights.has(key) ? Number.POSITIVE_INFINITY : (notBefore.get(key) ?? 0)),
    left: (key, flight) => {
      notBefore.set(key, clock.monotonic() + gapMs)
      flights.set(key, flight)
    },
    landed: (key) => void flights.delete(key),
    flying: (key) => flights.has(key),
    flights: () => [...flights.values()],
    forget: (now) => {
      if (now - forgottenAt < gapMs) return
      forgottenAt = now
      for (const [key, at] of notBefore) if (at <= now) notBefore.delete(key)
    },
  }
}
