import { type Channel, type Cursor, channelByName, type Watermarks } from '@flux/contracts'
import type { Clock, TopicEnds } from '@flux/runtime'
import type { Feed } from './feed.ts'
import type { Known } from './hydrate.ts'

/** The broker is asked at most once a second: a cursor beyond an older answer waits for the next one. */
const freshEndsMs = 1_100

const isBeyond = (own: Watermarks, ends: TopicEnds): boolean =>
  Object.entries(own).some(
    ([partition, offset]) => offset >= (ends[Number(partition)]?.high ?? 0) && offset >= 0,
  )

/**
 * Compares a client's cursor with the log: with the end that the broker reports, never with this replica's progress.
 * While the broker is away nothing is beyond. Resolves to what is known of each room.
 */
export const compareCursor = async (
  message: { readonly cursor?: Cursor | undefined; readonly epoch?: string | undefined },
  { feed, clock }: { readonly feed: Pick<Feed, 'epoch' | 'ends'>; readonly clock: Clock },
): Promise<(room: string) => Known> => {
  const own = feed.epoch()
  const foreign = message.epoch !== undefined && own !== undefined && message.epoch !== own
  const isBeyondEnd = async (channel: Channel, watermarks: Watermarks) => {
    const ends = await feed.ends(channel)
    if (!ends || !isBeyond(watermarks, ends)) return false
    await clock.sleep(freshEndsMs)
    const fresh = await feed.ends(channel)
    return fresh !== undefined && isBeyond(watermarks, fresh)
  }
  const beyondOf = async (cursor: Cursor[string]): Promise<ReadonlySet<string>> => {
    const checks = Object.entries(cursor).map(async ([name, watermarks]) => {
      const channel = channelByName(name)
      if (!channel?.onKafka || foreign) return []
      return (await isBeyondEnd(channel, watermarks)) ? [name] : []
    })
    return new Set((await Promise.all(checks)).flat())
  }
  const rooms = Object.entries(message.cursor ?? {}).map(
    async ([room, cursor]) => [room, { cursor, foreign, beyond: await beyondOf(cursor) }] as const,
  )
  const known = new Map(await Promise.all(rooms))
  return (room) => known.get(room) ?? { cursor: undefined, foreign, beyond: new Set() }
}
