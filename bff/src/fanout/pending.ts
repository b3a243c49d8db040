import type { Frame } from './frame.ts'

/** Why a room is told a channel anew: more came than is kept, or the log is another one. */
export type Resync = 'snapshot' | 'reset'

/** What a room is owed. */
export interface RoomPack {
  /** In the order of their offsets per channel and partition. */
  readonly frames: readonly Frame[]
  /** Channels whose frames cannot be told one by one: the room needs a hydrate of them. */
  readonly resyncs: ReadonlyMap<string, Resync>
  /** Frames whose place a newer one took. */
  readonly conflated: number
}

/** What rooms are owed. */
export type Packs = ReadonlyMap<string, RoomPack>

/** Collects what rooms are owed until the next flush. */
export interface Pending {
  /** `keep` bounds the frames of one event and room that count each; beyond it they become a resync. */
  add(room: string, frame: Frame, keep?: number): void
  resync(room: string, channel: string, why: Resync): void
  /** Adds what was collected elsewhere before. */
  merge(packs: Packs): void
  isEmpty(): boolean
  /** What a room is owed so far; it is not forgotten. */
  peek(room: string): RoomPack | undefined
  /** Everything collected, which it forgets. */
  take(): Packs
}

interface Collected {
  /** Insertion order is offset order: a key that is set again is deleted first, or its frame would leave too early. */
  readonly frames: Map<string | number, Frame>
  readonly counts: Map<string, number>
  readonly resyncs: Map<string, Resync>
  conflated: number
}

const packOf = ({ frames, resyncs, conflated }: Collected): RoomPack => ({
  frames: [...frames.values()],
  resyncs,
  conflated,
})

const addResync = (held: Collected, channel: string, why: Resync): void => {
  if (held.resyncs.get(channel) !== 'reset') held.resyncs.set(channel, why)
  for (const [id, frame] of held.frames) if (frame.event === channel) held.frames.delete(id)
}

const replace = (held: Collected, id: string, frame: Frame): void => {
  if (held.frames.delete(id)) held.conflated += 1
  held.frames.set(id, frame)
}

/** An empty collection: of frames that have an id the newest is kept, the others are kept whole. */
export const createPending = (): Pending => {
  let rooms = new Map<string, Collected>()
  let serial = 0

  const heldFor = (room: string): Collected => {
    const held = rooms.get(room) ?? {
      ...{ frames: new Map(), counts: new Map(), resyncs: new Map() },
      conflated: 0,
    }
    rooms.set(room, held)
    return held
  }
  const append = (held: Collected, frame: Frame, keep: number) => {
    const count = (held.counts.get(frame.event) ?? 0) + 1
    held.counts.set(frame.event, count)
    if (count > keep) return addResync(held, frame.event, 'snapshot')
    serial += 1
    held.frames.set(serial, frame)
  }
  const add = (held: Collected, frame: Frame, keep: number) => {
    if (held.resyncs.has(frame.event)) return
    if (frame.id === undefined) append(held, frame, keep)
    else replace(held, frame.id, frame)
  }

  return {
    add: (room, frame, keep = Number.POSITIVE_INFINITY) => add(heldFor(room), frame, keep),
    resync: (room, channel, why) => addResync(heldFor(room), channel, why),
    merge: (packs) => {
      for (const [room, pack] of packs) {
        const held = heldFor(room)
        for (const [channel, why] of pack.resyncs) addResync(held, channel, why)
        for (const frame of pack.frames) add(held, frame, Number.POSITIVE_INFINITY)
      }
    },
    isEmpty: () => rooms.size === 0,
    peek: (room) => {
      const held = rooms.get(room)
      return held && packOf(held)
    },
    take: () => {
      const taken = rooms
      rooms = new Map()
      return new Map([...taken].map(([room, held]) => [room, packOf(held)]))
    },
  }
}
