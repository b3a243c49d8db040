import { type Channel, cacheKey, parseRoom } from '@flux/contracts'
import type { Cache } from '../cache/port.ts'
import type { Clock } from '../clock.ts'

/** Most rooms whose last publish is remembered here; the cache knows the others. */
const maxRooms = 5_000

/** When the values that a room asks for were published last, by any replica. */
export interface Freshness {
  /** Notes that a value of the key was published now. */
  note(channel: Channel, key: string): void
  /**
   * True when a value for the room's part (`oslo-no`, `global`) was published less than half of the channel's refresh
   * time ago. It goes by the time of publishing: a provider may answer with an old fact again and again.
   */
  isFresh(channel: Channel, part: string): Promise<boolean>
}

const idOf = (channel: Channel, part: string) => `${channel.name}/${part}`

/** Remembers in this process and in the shared cache; without the cache only what this replica published counts. */
export const createFreshness = ({ cache, clock }: { cache: Cache; clock: Clock }): Freshness => {
  const publishedAt = new Map<string, number>()
  const within = (at: number | undefined, spanMs: number): boolean =>
    at !== undefined && Number.isFinite(at) && clock.now() - at < spanMs

  const remember = (id: string) => {
    publishedAt.delete(id)
    publishedAt.set(id, clock.now())
    const [oldest] = publishedAt.keys()
    if (publishedAt.size > maxRooms && oldest !== undefined) publishedAt.delete(oldest)
  }

  return {
    note: (channel, key) => {
      const { refreshAfterMs } = channel.ages
      const part = parseRoom(channel.roomOf(key))?.part
      if (refreshAfterMs === null || part === undefined) return
      const id = idOf(channel, part)
      remember(id)
      // A miss costs one call to the provider: nobody waits for this.
      void cache.set(cacheKey.once('published', id), String(clock.now()), refreshAfterMs / 2)
    },
    isFresh: async (channel, part) => {
      if (channel.ages.refreshAfterMs === null) return false
      const spanMs = channel.ages.refreshAfterMs / 2
      const id = idOf(channel, part)
      if (within(publishedAt.get(id), spanMs)) return true
      const shared = await cache.get(cacheKey.once('published', id))
      return within(shared === undefined ? undefined : Number(shared), spanMs)
    },
  }
}
