import {
  adapterRoom,
  type Channel,
  channelsOfRoom,
  type MaxHz,
  roomOfAdapter,
} from '@flux/contracts'
import type { Namespace } from 'socket.io'
import type { Stored } from '../state/decode.ts'
import { cutTransport, localMembers } from './edge.ts'
import { createFlush, type FlushOptions, type Watcher } from './flush.ts'
import { createFrame, type Frame } from './frame.ts'
import { createPending, type Resync } from './pending.ts'
import { createTick } from './tick.ts'
import type { RecordTraces } from './traces.ts'

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
  /** From now on tells what leaves for a room, as if there were one more member. */
  watch(room: string, watcher: Watcher): void
  /** How many packs a second a socket is sent at most from the next flush on; `undefined`: as many as there are. */
  setRate(socketId: string, maxHz: MaxHz | undefined): void
  /** While a flush is being written: when it is done. Rooms are joined and left between two flushes only. */
  flushing(): Promise<void> | undefined
  /** What comes now is old: nothing is sent until `resume`. */
  pause(): void
  resume(): void
  close(): void
}

interface FanoutOptions extends Omit<FlushOptions, 'onReady' | 'onLost' | 'watchers'> {
  readonly tickMs: number
  readonly traces: RecordTraces
}

/** How often slow sockets are looked at, in milliseconds. */
const sweepMs = 1_000

/** How many records of a channel a room is owed one by one after a pause. */
const keptOf = ({ history }: Channel): number | undefined =>
  history.kind === 'newest' ? history.count : undefined

/** Whoever may have missed something comes back with a cursor. */
const sendAway = (namespace: Namespace, rooms: Iterable<string>): void => {
  const members = [...rooms].flatMap((room) => [
    ...(localMembers(namespace, adapterRoom(room)) ?? []),
  ])
  for (const id of new Set(members)) {
    const socket = namespace.sockets.get(id)
    if (socket) cutTransport(socket)
  }
}

/** Ticks while there is something to write, and once more when a client's rate lets it have what it is owed. */
const createPulse = (options: FanoutOptions) => {
  const { io, clock, tickMs, onError } = options
  const pending = createPending()
  const watchers = new Map<string, Watcher>()
  let paused = true
  let cancelWake: (() => void) | undefined

  const poke = () => {
    if (!paused) tick.poke()
  }
  const flush = createFlush({
    ...options,
    watchers,
    onReady: poke,
    onLost: (rooms) => sendAway(io.of('/'), rooms),
  })
  const wakeAgain = () => {
    const ms = cancelWake ? undefined : flush.dueInMs()
    if (ms === undefined) return
    cancelWake = clock.after(ms, () => {
      cancelWake = undefined
      poke()
    })
  }
  const run = async () => {
    if (paused) return 0
    const written = options.traces.flushing()
    const leftMs = await flush.run(pending).finally(wakeAgain)
    written?.()
    return leftMs
  }
  const tick = createTick({ clock, idleMs: tickMs, flush: run, onError })
  const stopSweep = clock.every(sweepMs, () => {
    if (!tick.flushing()) flush.sweep()
  })
  return {
    pending,
    poke,
    watchers,
    setRate: flush.setRate,
    flushing: tick.flushing,
    isPaused: () => paused,
    setPaused: (next: boolean) => {
      paused = next
      poke()
    },
    close: () => {
      tick.stop()
      stopSweep()
      cancelWake?.()
      flush.close()
    },
  }
}

/** Fan-out over the sockets of `io`: one tick per process, one packet per socket and tick. */
export const createFanout = (options: FanoutOptions): Fanout => {
  const { io, clock, metrics } = options
  const namespace = io.of('/')
  const { pending, poke, watchers, isPaused, setPaused, ...pulse } = createPulse(options)
  metrics.packed(options.isPacked)

  /** False for a room without members, which costs nothing beyond the newest value. */
  const addFrame = (room: string, channel: Channel, frame: Frame): boolean => {
    if (!localMembers(namespace, adapterRoom(room)) && !watchers.has(room)) return false
    pending.add(room, frame, isPaused() ? keptOf(channel) : undefined)
    poke()
    return true
  }
  return {
    add: (channel, entry) => {
      const { room, key, wire, partition, offset, producedAt, traceparent } = entry
      const own = channel.delivery === 'latest' ? key : undefined
      const event = channel.name
      const joins = addFrame(
        room,
        channel,
        createFrame({ event, wire, key: own, partition, offset }),
      )
      if (isPaused()) return
      metrics.delivered(channel.name, clock.now() - producedAt, traceparent?.slice(3, 35))
      if (traceparent !== undefined) options.traces.received(channel.topic, entry, joins)
    },
    addBorn: (room, channel, key, wire) =>
      void addFrame(room, channel, createFrame({ event: channel.name, wire, key })),
    tell: (room, event, json) => {
      pending.add(room, createFrame({ event, wire: json, key: '' }))
      poke()
    },
    resync: (channels, why) => {
      const names = new Set(channels.map((c) => c.name))
      const rooms = [...namespace.adapter.rooms.keys()].map(roomOfAdapter)
      for (const room of new Set([...rooms, ...watchers.keys()])) {
        for (const { name } of channelsOfRoom(room)) {
          if (names.has(name)) pending.resync(room, name, why)
        }
      }
      poke()
    },
    watch: (room, watcher) => void watchers.set(room, watcher),
    setRate: (id, maxHz) => pulse.setRate(id, maxHz ?? 0),
    flushing: pulse.flushing,
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    close: pulse.close,
  }
}
