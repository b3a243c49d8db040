import type { Channel, Watermarks } from '@flux/contracts'
import type { Stored } from './decode.ts'
import { createPositions } from './positions.ts'
import { type Recovery, recover } from './recover.ts'
import { createRoomState, type RoomState } from './room-state.ts'

/** Tombstones are kept for this long, as the broker keeps them. */
const tombstoneMs = 24 * 3_600_000

/** Everything a replica knows of one channel: a function of the log and the clock. */
export interface ChannelState {
  readonly channel: Channel
  /** Takes a decoded record; false when it is older than what is held. */
  apply(entry: Stored): boolean
  /** Says that everything up to and including `offset` has been read, whatever became of it. */
  advance(partition: number, offset: number): void
  /** Nothing below `low` will be read any more; true when records are missing that were not read. */
  raiseFloor(partition: number, low: number): boolean
  /**
   * Takes what another replica held at these heads. What it had forgotten is not told, so a cursor below the heads is
   * not complete here.
   */
  restore(entries: readonly Stored[], heads: Watermarks): void
  /** Everything known is void. */
  clear(): void
  /** Forgets what the ages of the channel say is over; `now` in epoch milliseconds. */
  sweep(now: number): void
  room(room: string): RoomState | undefined
  rooms(): Iterable<RoomState>
  /** Per partition the offset of the last record read, -1 where there was none. */
  heads(): Watermarks
  /** What a client with this cursor has to be sent; no cursor: the cold form. */
  recover(room: string, cursor: Watermarks | undefined): Recovery
}

const isOver = (entry: Stored, { retentionMs }: Channel['ages'], now: number) =>
  now - entry.appendedAt > (entry.removed ? tombstoneMs : retentionMs)

/** An empty channel. */
export const createChannelState = (channel: Channel): ChannelState => {
  const rooms = new Map<string, RoomState>()
  const positions = createPositions(channel.partitions)
  /** Below these floors removals (`latest`) or records (`ordered`) were forgotten, so that recovery cannot tell them. */
  const forgotten = createPositions(channel.partitions)
  let size = 0

  const floorOf = (partition: number) => {
    const read = channel.delivery === 'ordered' ? positions.floor(partition) : 0
    return Math.max(read, forgotten.floor(partition))
  }
  const roomFor = (name: string): RoomState => {
    const held = rooms.get(name) ?? createRoomState(channel, floorOf)
    rooms.set(name, held)
    return held
  }
  const forget = (state: RoomState, entry: Stored) => {
    state.forget(entry.key)
    size -= 1
    if (entry.removed || channel.delivery === 'ordered')
      forgotten.raiseFloor(entry.partition, entry.offset + 1)
  }
  const evictOldest = () => {
    const oldest = [...rooms.values()]
      .flatMap((state) => [...state.newest.values()].map((entry) => ({ state, entry })))
      .sort((a, b) => a.entry.appendedAt - b.entry.appendedAt)
      .slice(0, size - channel.maxKeys)
    for (const old of oldest) forget(old.state, old.entry)
  }

  const apply = (entry: Stored): boolean => {
    const state = roomFor(entry.room)
    const before = state.newest.size
    const applied = state.apply(entry)
    size += state.newest.size - before
    if (size > channel.maxKeys) evictOldest()
    return applied
  }

  return {
    channel,
    apply,
    restore: (entries, heads) => {
      for (const entry of entries) apply(entry)
      for (const [partition, offset] of Object.entries(heads)) {
        positions.advance(Number(partition), offset)
        forgotten.raiseFloor(Number(partition), offset + 1)
      }
    },
    advance: positions.advance,
    raiseFloor: (partition, low) => {
      // A ring holds all that was read; what lies between that and `low` is a hole in it.
      const isHole = (positions.heads()[partition] ?? -1) + 1 < low
      positions.raiseFloor(partition, low)
      if (isHole) for (const state of rooms.values()) state.raiseFloor(partition, low)
      return isHole
    },
    clear: () => {
      rooms.clear()
      positions.clear()
      forgotten.clear()
      size = 0
    },
    sweep: (now) => {
      for (const [name, state] of rooms) {
        for (const ring of state.rings.values()) ring.dropOlderThan(now - channel.ages.retentionMs)
        for (const entry of state.newest.values())
          if (isOver(entry, channel.ages, now)) forget(state, entry)
        if (state.newest.size === 0) rooms.delete(name)
      }
    },
    room: (name) => rooms.get(name),
    rooms: () => rooms.values(),
    heads: positions.heads,
    recover: (name, cursor) => {
      const floors = positions.partitions().map((p) => [p, floorOf(p)] as const)
      return recover({ channel, state: rooms.get(name), floors }, cursor)
    },
  }
}
