import {
  adapterRoom,
  type Channel,
  channelsOfRoom,
  roomOfAdapter,
  serverEvent,
} from '@flux/contracts'
import type { Namespace } from 'socket.io'
import type { Stored } from '../state/decode.ts'
import { cutTransport, localMembers, type Outgoing } from './edge.ts'
import { groupByRooms } from './group.ts'
import { eventPacket, outgoing } from './packet.ts'
import { createPending, type Resync, type RoomPack } from './pending.ts'
import { createTick } from './tick.ts'
import { createWriter, type WriterOptions } from './writer.ts'

/** Brings records to the members of their room on this replica. */
export interface Fanout {
  /** A record that changed the state. While paused it is only remembered, conflated. */
  add(channel: Channel, entry: Stored): void
  /** A record born on a replica; `wire` is its `Entry` as JSON text. */
  addBorn(room: string, channel: Channel, key: string, wire: string): void
  /** An event that is no record, its argument as JSON text; of several before a flush the last one is sent. */
  tell(room: string, event: string, json: string): void
  /** The members of all rooms that these channels feed are told the channels' contents anew. */
  resync(channels: readonly Channel[], why: Resync): void
  /** While a flush is being written: when it is done. Rooms are joined and left between two flushes only. */
  flushing(): Promise<void> | undefined
  /** What comes now is old: nothing is sent until `resume`. */
  pause(): void
  resume(): void
  close(): void
}

interface FanoutOptions extends WriterOptions {
  readonly tickMs: number
  /** `hydrate` messages of one channel of a room as JSON texts. */
  hydrateOf(room: string, channel: string, why: Resync): readonly string[]
  onError(error: unknown): void
}

/** Fan-out over the sockets of `io`: one tick per process, one packet per socket and tick. */
export const createFanout = (options: FanoutOptions): Fanout => {
  const { io, clock, metrics, hydrateOf } = options
  const namespace: Namespace = io.of('/')
  const pending = createPending()
  const writeAll = createWriter(options)
  let paused = true

  const encode = (packs: ReadonlyMap<string, RoomPack>): ReadonlyMap<string, Outgoing> => {
    const encoded = [...packs].map(([room, pack]) => {
      const resyncs = [...pack.resyncs].flatMap(([channel, why]) => hydrateOf(room, channel, why))
      const texts = [
        ...resyncs.map((json) => eventPacket(serverEvent.hydrate, json)),
        ...pack.frames.map((frame) => eventPacket(frame.channel, frame.wire)),
      ]
      return [room, outgoing(texts)] as const
    })
    return new Map(encoded)
  }

  const membersOf = (room: string) => localMembers(namespace, adapterRoom(room)) ?? []

  /** Whoever may have missed something comes back with a cursor. */
  const sendAway = (rooms: Iterable<string>) => {
    for (const id of new Set([...rooms].flatMap((room) => [...membersOf(room)]))) {
      const socket = namespace.sockets.get(id)
      if (socket) cutTransport(socket)
    }
  }

  const flush = async () => {
    if (paused || pending.isEmpty()) return
    const packs = pending.take()
    try {
      const encoded = encode(packs)
      const members = [...encoded.keys()].map((room) => [room, membersOf(room)] as const)
      await writeAll(groupByRooms(members), encoded)
    } catch (error) {
      sendAway(packs.keys())
      throw error
    }
  }

  const tick = createTick({ clock, idleMs: options.tickMs, flush, onError: options.onError })

  const addFrame = (room: string, channel: Channel, key: string, wire: string) => {
    // A room without members costs nothing beyond the newest value.
    if (!localMembers(namespace, adapterRoom(room))) return
    const bound = paused && channel.history.kind === 'newest' ? channel.history.count : undefined
    pending.add(room, channel, { channel: channel.name, key, wire }, bound)
    if (!paused) tick.poke()
  }

  return {
    add: (channel, entry) => {
      addFrame(entry.room, channel, entry.key, entry.wire)
      if (!paused) metrics.delivered(channel.name, clock.now() - entry.producedAt)
    },
    addBorn: (room, channel, key, wire) => addFrame(room, channel, key, wire),
    tell: (room, event, json) => {
      pending.add(
        room,
        { name: event, delivery: 'latest' },
        { channel: event, key: '', wire: json },
      )
      if (!paused) tick.poke()
    },
    resync: (channels, why) => {
      const names = new Set(channels.map((c) => c.name))
      for (const room of [...namespace.adapter.rooms.keys()].map(roomOfAdapter)) {
        for (const { name } of channelsOfRoom(room)) {
          if (names.has(name)) pending.resync(room, name, why)
        }
      }
      if (!paused) tick.poke()
    },
    flushing: tick.flushing,
    pause: () => {
      paused = true
    },
    resume: () => {
      paused = false
      tick.poke()
    },
    close: tick.stop,
  }
}
