import type { Channel } from '@flux/contracts'

/** A record on its way to a room. */
interface PendingFrame {
  readonly channel: string
  readonly key: string
  /** `Entry` as JSON text. */
  readonly wire: string
}

/** Why a room is told a channel anew: more came than is kept, or the log is another one. */
export type Resync = 'snapshot' | 'reset'

/** What a room is owed. */
export interface RoomPack {
  /** In the order of their offsets per channel and partition. */
  readonly frames: readonly PendingFrame[]
  /** Channels whose frames cannot be told one by one: the room needs a hydrate of them. */
  readonly resyncs: ReadonlyMap<string, Resync>
}

type Kind = Pick<Channel, 'name' | 'delivery'>

/** Collects what rooms are owed until the next flush. */
export interface Pending {
  /** `keep` bounds the frames of one `ordered` channel and room; beyond it they become a resync. */
  add(room: string, channel: Kind, frame: PendingFrame, keep?: number): void
  resync(room: string, channel: string, why: Resync): void
  isEmpty(): boolean
  /** Everything collected, which it forgets. */
  take(): ReadonlyMap<string, RoomPack>
}

interface Collected {
  /** Insertion order is offset order: a key that is set again is deleted first, or its frame would leave too early. */
  readonly frames: Map<string, PendingFrame>
  readonly counts: Map<string, number>
  readonly resyncs: Map<string, Resync>
}

/** An empty collection. `latest` channels are conflated by key, `ordered` ones are kept whole. */
export const createPending = (): Pending => {
  let rooms = new Map<string, Collected>()
  let serial = 0

  const heldFor = (room: string): Collected => {
    const held = rooms.get(room) ?? { frames: new Map(), counts: new Map(), resyncs: new Map() }
    rooms.set(room, held)
    return held
  }
  const resync = (held: Collected, channel: string, why: Resync) => {
    if (held.resyncs.get(channel) !== 'reset') held.resyncs.set(channel, why)
    for (const [id, frame] of held.frames) if (frame.channel === channel) held.frames.delete(id)
  }
  const addOrdered = (held: Collected, frame: PendingFrame, keep: number) => {
    const count = (held.counts.get(frame.channel) ?? 0) + 1
    held.counts.set(frame.channel, count)
    if (count > keep) return resync(held, frame.channel, 'snapshot')
    serial += 1
    held.frames.set(`${frame.channel}\n#${serial}`, frame)
  }
  const addLatest = (held: Collected, frame: PendingFrame) => {
    const id = `${frame.channel}\n${frame.key}`
    held.frames.delete(id)
    held.frames.set(id, frame)
  }

  return {
    add: (room, channel, frame, keep = Number.POSITIVE_INFINITY) => {
      const held = heldFor(room)
      if (held.resyncs.has(channel.name)) return
      if (channel.delivery === 'ordered') addOrdered(held, frame, keep)
      else addLatest(held, frame)
    },
    resync: (room, channel, why) => resync(heldFor(room), channel, why),
    isEmpty: () => rooms.size === 0,
    take: () => {
      const taken = rooms
      rooms = new Map()
      return new Map(
        [...taken].map(([room, { frames, resyncs }]) => [
          room,
          { frames: [...frames.values()], resyncs },
        ]),
      )
    },
  }
}
