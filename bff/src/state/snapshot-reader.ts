import { type Channel, cacheKey } from '@flux/contracts'
import type { Cache, Clock } from '@flux/runtime'
import type { Feed } from './feed.ts'
import { decodeSnapshot } from './snapshot.ts'
import { type SnapshotEvents, snapshotChannels } from './snapshot-events.ts'

/** How long the log may take at a start before snapshots are looked for, and how often, in milliseconds. */
const periodMs = 1_000

/** What reading snapshots needs. */
export interface SnapshotReaderOptions {
  readonly feed: Pick<Feed, 'caughtUp' | 'restore'>
  readonly cache: Pick<Cache, 'get'>
  readonly clock: Clock
  readonly events: Pick<SnapshotEvents, 'read' | 'serving' | 'broke'>
}

/** Looks for snapshots until there are some or the log has been read. Returns how to stop. */
export const readSnapshots = ({
  feed,
  cache,
  clock,
  events,
}: SnapshotReaderOptions): (() => void) => {
  let isBusy = false
  let isOver = false

  const find = async (channel: Channel) => {
    const text = await cache.get(cacheKey.snapshot(channel.name))
    if (text === undefined) return []
    const snapshot = decodeSnapshot(channel, text)
    if (!snapshot) events.read(channel.name, 'bad')
    return snapshot ? [snapshot] : []
  }
  const look = async () => {
    const found = (await Promise.all(snapshotChannels.map(find))).flat()
    if (isOver) return
    const served = new Set(feed.restore(found))
    for (const { channel } of found)
      events.read(channel.name, served.has(channel.name) ? 'served' : 'unused')
    if (served.size === 0) return
    events.serving([...served])
    end()
  }
  const stop = clock.every(periodMs, () => {
    if (feed.caughtUp()) return end()
    if (isBusy) return
    isBusy = true
    look()
      .catch(events.broke)
      .finally(() => {
        isBusy = false
      })
  })
  const end = () => {
    isOver = true
    stop()
  }
  return end
}
