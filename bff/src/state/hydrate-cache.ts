import type { Clock } from '@flux/runtime'
import type { Hydrate, Known } from './hydrate.ts'

/** Builds what a room holds for clients; of those who bring the same in the same moment, for the first one only. */
export type HydrateCache = (room: string, known: Known, build: () => Hydrate) => Hydrate

interface HydrateCacheOptions {
  readonly clock: Clock
  /** Changes with everything that a hydrate is built from, but for the time. */
  version(): number
}

/** What is sampled depends on the time: so long a hydrate may be given again, in milliseconds. */
const lifeMs = 50
/** Hydrates held at most; those of a moment are few, as clients that were cut off together bring the same. */
const most = 64

const keyOf = (room: string, { cursor, foreign, beyond }: Known): string =>
  JSON.stringify([room, cursor, foreign, [...beyond]])

/** A cache that forgets everything as soon as anything has changed. */
export const createHydrateCache = ({ clock, version }: HydrateCacheOptions): HydrateCache => {
  const held = new Map<string, Hydrate>()
  let of = -1
  let since = Number.NEGATIVE_INFINITY
  return (room, known, build) => {
    const now = clock.monotonic()
    const current = version()
    if (current !== of || now - since > lifeMs || held.size >= most) {
      held.clear()
      of = current
      since = now
    }
    const key = keyOf(room, known)
    const found = held.get(key) ?? build()
    held.set(key, found)
    return found
  }
}
