import { cacheKey } from '@flux/contracts'
import type { Cache, Clock } from '@flux/runtime'

const firstMs = 15_000
const longestMs = 120_000
/** Clocks of two machines do not tick together: the own claim is over for sure after so many milliseconds more. */
const slackMs = 50

/** How long nobody asks again, after so long a wait: 15 s, doubling to 2 min. Both in milliseconds. */
export const windowAfter = (waitedMs: number): number => {
  let window = firstMs
  let end = firstMs
  while (waitedMs >= end && window < longestMs) {
    window = Math.min(longestMs, 2 * window)
    end += window
  }
  return window
}

/** The windows in which one command is sent once over all replicas. */
export interface Windows {
  /** True when this replica knows of no window that is under way; it may be another replica's all the same. */
  isOpen(topic: string, key: string): boolean
  /** Takes the next window of so many milliseconds; false when another replica has it, to be tried again later. */
  take(topic: string, key: string, windowMs: number): Promise<boolean>
  /** Forgets the windows that are over. */
  sweep(): void
  /** Windows that are remembered. */
  size(): number
}

/**
 * Windows claimed at the shared cache. While that does not answer, each replica keeps its own: they outlive the room, so
 * that leaving and coming back opens none.
 */
export const createWindows = (options: {
  readonly cache: Pick<Cache, 'claim'> | undefined
  readonly clock: Clock
  readonly replica: string
}): Windows => {
  const { cache, clock, replica } = options
  const closedUntil = new Map<string, number>()
  const close = (id: string, ms: number) => closedUntil.set(id, clock.monotonic() + ms)
  const isOver = (until: number) => until <= clock.monotonic()
  return {
    isOpen: (topic, key) => isOver(closedUntil.get(cacheKey.demand(topic, key)) ?? 0),
    take: async (topic, key, windowMs) => {
      const id = cacheKey.demand(topic, key)
      // Closed before the answer, or whoever joins meanwhile would ask too.
      close(id, windowMs)
      const claimed = (await cache?.claim(id, replica, windowMs)) ?? 'unknown'
      // Who lost comes back soon: the other replica may be gone before its window is over.
      close(id, claimed === 'lost' ? firstMs : windowMs + slackMs)
      return claimed !== 'lost'
    },
    sweep: () => {
      for (const [id, until] of closedUntil) if (isOver(until)) closedUntil.delete(id)
    },
    size: () => closedUntil.size,
  }
}
