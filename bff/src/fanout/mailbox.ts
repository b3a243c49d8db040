import { type Frame, packedOf } from './frame.ts'
import type { Resync, RoomPack } from './pending.ts'

/** Records of one partition that were not written: from the first one to the last one. */
export interface Gap {
  readonly first: number
  readonly last: number
}

/** A channel of a room that has to be made whole before anything more of it is written. */
export interface Missed {
  readonly room: string
  readonly channel: string
  /** `gap`: records that count each were left out; else the channel has to be told anew anyway. */
  readonly why: 'gap' | Resync
  readonly gaps: ReadonlyMap<number, Gap>
}

/** What a mailbox held. */
interface Owed {
  readonly missed: readonly Missed[]
  /** In ascending offset per room, channel and partition. */
  readonly frames: readonly Frame[]
}

/** What one socket is owed while it does not take what it is sent: bounded by the number of keys, not by time. */
export interface Mailbox {
  /** Takes what a flush would have written; returns how many frames will not be, as newer ones take their place. */
  add(room: string, pack: Pick<RoomPack, 'frames' | 'resyncs'>): number
  /** Forgets all rooms but these. */
  keep(rooms: ReadonlySet<string>): void
  /** Bytes of the frames it refers to. They are shared with other mailboxes. */
  bytes(): number
  /** All of it, which it forgets. */
  take(): Owed
}

interface HeldChannel {
  why: 'gap' | Resync
  readonly gaps: Map<number, Gap>
}

/** What is held of one room. */
const createHeldRoom = (room: string) => {
  /** Insertion order is offset order, as in `pending.ts`. */
  const frames = new Map<string, Frame>()
  const missed = new Map<string, HeldChannel>()
  let bytes = 0

  const remove = (id: string): number => {
    const frame = frames.get(id)
    if (!frame) return 0
    frames.delete(id)
    bytes -= packedOf(frame).length
    return 1
  }
  const resync = (channel: string, why: Resync): number => {
    if (missed.get(channel)?.why !== 'reset') missed.set(channel, { why, gaps: new Map() })
    const before = frames.size
    for (const [id, frame] of frames) if (frame.event === channel) remove(id)
    return before - frames.size
  }
  const skip = ({ event, partition, offset }: Frame) => {
    const held = missed.get(event) ?? { why: 'gap', gaps: new Map() }
    missed.set(event, held)
    held.gaps.set(partition, { first: held.gaps.get(partition)?.first ?? offset, last: offset })
  }
  const add = (frame: Frame): number => {
    const why = missed.get(frame.event)?.why
    // What tells the channel anew tells this too.
    if (why !== undefined && why !== 'gap') return 1
    if (frame.id === undefined) {
      skip(frame)
      return 0
    }
    const replaced = remove(frame.id)
    frames.set(frame.id, frame)
    bytes += packedOf(frame).length
    return replaced
  }
  return {
    add,
    resync,
    bytes: () => bytes,
    frames: () => frames.values(),
    missed: (): Missed[] => [...missed].map(([channel, own]) => ({ room, channel, ...own })),
  }
}

/** An empty mailbox. */
export const createMailbox = (): Mailbox => {
  let rooms = new Map<string, ReturnType<typeof createHeldRoom>>()
  return {
    add: (room, { frames, resyncs }) => {
      const held = rooms.get(room) ?? createHeldRoom(room)
      rooms.set(room, held)
      let conflated = 0
      for (const [channel, why] of resyncs) conflated += held.resync(channel, why)
      for (const frame of frames) conflated += held.add(frame)
      return conflated
    },
    keep: (wanted) => {
      for (const room of rooms.keys()) if (!wanted.has(room)) rooms.delete(room)
    },
    bytes: () => rooms.values().reduce((sum, held) => sum + held.bytes(), 0),
    take: () => {
      const taken = [...rooms.values()]
      rooms = new Map()
      return {
        missed: taken.flatMap((held) => held.missed()),
        frames: taken.flatMap((held) => [...held.frames()]),
      }
    },
  }
}
