import type { Channel } from '@flux/contracts'
import type { Stored } from './decode.ts'
import { isNewer } from './newer.ts'
import { createRing, type Ring } from './ring.ts'
import { createSamples, type Samples } from './samples.ts'

/** What one channel holds for one room. */
export interface RoomState {
  readonly newest: ReadonlyMap<string, Stored>
  readonly rings: ReadonlyMap<string, Ring>
  readonly samples: ReadonlyMap<string, Samples>
  /** Keys of a group whose history is its newest keys, oldest first. */
  keysOfGroup(group: string): readonly string[]
  /** Nothing below `low` will be read any more. */
  raiseFloor(partition: number, low: number): void
  /** True when the record is news; false when it is older than what is held. */
  apply(entry: Stored): boolean
  /** Forgets a key with its history; of an `ordered` channel that is its group's ring. */
  forget(key: string): void
}

/** An empty room; `floorOf` tells below which offset of a partition nothing is known. */
export const createRoomState = (
  channel: Channel,
  floorOf: (partition: number) => number,
): RoomState => {
  const { history } = channel
  const newest = new Map<string, Stored>()
  const rings = new Map<string, Ring>()
  const samples = new Map<string, Samples>()
  const groups = new Map<string, string[]>()

  const addToRing = (entry: Stored, count: number) => {
    const group = channel.groupOf(entry.key)
    const ring = rings.get(group) ?? createRing(count, entry.partition, floorOf(entry.partition))
    rings.set(group, ring)
    ring.push(entry)
  }
  const addToGroup = (key: string, count: number) => {
    const group = channel.groupOf(key)
    const keys = groups.get(group) ?? []
    groups.set(group, keys)
    if (keys.includes(key)) return
    keys.push(key)
    keys.sort((a, b) => (newest.get(a)?.version ?? 0) - (newest.get(b)?.version ?? 0))
    while (keys.length > count) newest.delete(keys.shift() ?? '')
  }
  const addToSamples = (entry: Stored, shape: { everyMs: number; spanMs: number }) => {
    const held = samples.get(entry.key) ?? createSamples(shape)
    samples.set(entry.key, held)
    held.add(entry)
  }
  const remember = (entry: Stored) => {
    if (history.kind === 'sampled') {
      if (entry.removed) samples.delete(entry.key)
      else addToSamples(entry, history)
    }
    if (history.kind !== 'newest') return
    if (channel.delivery === 'ordered') addToRing(entry, history.count)
    else addToGroup(entry.key, history.count)
  }

  return {
    newest,
    rings,
    samples,
    keysOfGroup: (group) => groups.get(group) ?? [],
    raiseFloor: (partition, low) => {
      for (const ring of rings.values()) if (ring.partition === partition) ring.raiseFloor(low)
    },
    apply: (entry) => {
      const held = newest.get(entry.key)
      if (!isNewer(entry, held, channel.delivery)) return false
      newest.set(entry.key, entry)
      remember(entry)
      return newest.has(entry.key)
    },
    forget: (key) => {
      newest.delete(key)
      samples.delete(key)
      const group = channel.groupOf(key)
      rings.delete(group)
      const keys = groups.get(group)?.filter((other) => other !== key) ?? []
      if (keys.length > 0) groups.set(group, keys)
      else groups.delete(group)
    },
  }
}
