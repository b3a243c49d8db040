import { type Channel, cacheKey } from '@flux/contracts'
import type { Cache, Clock } from '@flux/runtime'
import type { Feed } from './feed.ts'
import { encodeSnapshot } from './snapshot.ts'
import { type SnapshotEvents, snapshotChannels } from './snapshot-events.ts'

/** Largest snapshot of a channel, in bytes. */
const maxBytes = 4 * 1_024 * 1_024

/** What writing snapshots needs. */
export interface SnapshotWriterOptions {
  readonly feed: Pick<Feed, 'stateOf' | 'epoch' | 'tail'>
  readonly cache: Pick<Cache, 'claim' | 'set'>
  readonly clock: Clock
  readonly replica: string
  readonly everyMs: number
  readonly events: Pick<SnapshotEvents, 'wrote' | 'broke'>
}

/**
 * Every `everyMs`, writes the channels that have changed, each by one replica. Nothing live waits for it. Returns how to
 * stop.
 */
export const writeSnapshots = (options: SnapshotWriterOptions): (() => void) => {
  const { feed, cache, clock, replica, everyMs, events } = options
  /** What this replica wrote last, by channel: the log and how far it was read. */
  const written = new Map<string, string>()
  let isBusy = false
  let isStopped = false

  const markOf = (channel: Channel) =>
    JSON.stringify([feed.epoch(), feed.stateOf(channel.name)?.heads()])
  const store = async (channel: Channel) => {
    const [state, epoch, mark] = [feed.stateOf(channel.name), feed.epoch(), markOf(channel)]
    if (!state || epoch === undefined) return
    const text = encodeSnapshot(state, { epoch, at: clock.now(), maxBytes })
    const isStored =
      text !== undefined &&
      (await cache.set(cacheKey.snapshot(channel.name), text, channel.ages.retentionMs))
    if (isStored || text === undefined) written.set(channel.name, mark)
    events.wrote(channel.name, isStored ? 'written' : text === undefined ? 'too_large' : 'failed')
  }
  const round = async () => {
    for (const channel of snapshotChannels) {
      // What is being read again is not whole.
      if (isStopped || feed.tail() !== 'live') return
      if (written.get(channel.name) === markOf(channel)) continue
      const claim = cacheKey.once('snapshot', channel.name)
      // Over before the next round, or the own claim would be in the way.
      if ((await cache.claim(claim, replica, everyMs * 0.9)) === 'won') await store(channel)
    }
  }
  const stop = clock.every(everyMs, () => {
    if (isBusy) return
    isBusy = true
    round()
      .catch(events.broke)
      .finally(() => {
        isBusy = false
      })
  })
  return () => {
    isStopped = true
    stop()
  }
}
