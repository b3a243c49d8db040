import {
  type Channel,
  type Cursor,
  channelsOfRoom,
  type Entry,
  type HydrateMessage,
} from '@flux/contracts'
import { createModelLog, type ModelLog, modelChannels } from './model-log.ts'
import { createModelReplica, type ModelAnswer, type ModelReplica } from './model-replica.ts'

/** What is on its way to the client. */
type Frame =
  | { readonly kind: 'live'; readonly channel: Channel; readonly entry: Entry }
  | { readonly kind: 'hydrate'; readonly message: HydrateMessage }
  | { readonly kind: 'left'; readonly room: string }

/** Two replicas over one log, and the connection of one client to one of them. */
export interface ModelServer {
  log(): ModelLog
  /** The log dies with its data: another one begins, and whoever is connected is told `reset`. */
  wipe(): void
  /** A replica reads on in one partition; its client gets what is for its rooms. */
  read(replica: number, partition: number, count: number): void
  connect(replica: number): void
  cut(): void
  isConnected(): boolean
  /** `told` is the client's cursor of the room, with the log that it is of. */
  join(room: string, told: { readonly cursor: Cursor; readonly epoch: string } | undefined): void
  leave(room: string): void
  isJoined(room: string): boolean
  /** The client was too slow: its queued records are thrown away, and the rooms get what is there instead. */
  overflow(): void
  /** The next part of the hydrates that are on their way is written. */
  pump(): void
  /** The oldest frame, which leaves the queue. */
  take(): Frame | undefined
}

const replicas = [0, 1] as const

/** Splits a whole hydrate into parts of one channel each, as a server does that has a limit of bytes. */
const partsOf = (room: string, epoch: string, answers: ReadonlyMap<Channel, ModelAnswer>) => {
  const messages: HydrateMessage[] = []
  const all = [...answers].flatMap(([channel, { outcome, entries, heads }]) => {
    const half = Math.ceil(entries.length / 2)
    return [entries.slice(0, half), entries.slice(half)].map((some) => ({
      channels: { [channel.name]: { outcome, entries: some } },
      heads: { [channel.name]: heads },
    }))
  })
  all.forEach((part, index) => {
    messages.push({ room, epoch, ...part, part: index, last: index === all.length - 1 })
  })
  return messages
}

/** What is written to the client, in order. A hydrate begins at once and goes on part by part. */
const createWire = () => {
  let frames: Frame[] = []
  let parts: HydrateMessage[] = []
  const write = (message: HydrateMessage) => frames.push({ kind: 'hydrate', message })
  const pump = () => {
    const message = parts.shift()
    if (message) write(message)
  }
  return {
    pump,
    isIdle: () => parts.length === 0,
    hydrate([first, ...rest]: readonly HydrateMessage[]) {
      if (first) write(first)
      parts.push(...rest)
    },
    live(channel: Channel, entry: Entry) {
      if (channel.delivery === 'latest') {
        frames = frames.filter(
          (frame) =>
            frame.kind !== 'live' || frame.channel !== channel || frame.entry.k !== entry.k,
        )
      }
      frames.push({ kind: 'live', channel, entry })
    },
    left(room: string) {
      parts = parts.filter((part) => part.room !== room)
      frames.push({ kind: 'left', room })
    },
    dropParts() {
      parts = []
    },
    dropLive() {
      frames = frames.filter((frame) => frame.kind !== 'live')
    },
    clear() {
      frames = []
      parts = []
    },
    take: () => frames.shift(),
  }
}

/** Whole hydrates as a replica answers, for the channels of the model. */
const hydrateOf = (room: string, epoch: string, answerOf: (channel: Channel) => ModelAnswer) => {
  const feeding = channelsOfRoom(room).filter((channel) => modelChannels.includes(channel))
  return partsOf(room, epoch, new Map(feeding.map((channel) => [channel, answerOf(channel)])))
}

/** A server whose log is empty. */
export const createModelServer = (): ModelServer => {
  const wire = createWire()
  let wipes = 0
  let log = createModelLog('epoch-0', 0)
  let states: ModelReplica[] = replicas.map(() => createModelReplica(log))
  let replica: number | undefined
  let joined = new Set<string>()

  const state = (index: number | undefined): ModelReplica =>
    states[index ?? 0] ?? createModelReplica(log)
  const cut = () => {
    replica = undefined
    joined = new Set()
    wire.clear()
  }
  const replace = (room: string, outcome: 'reset' | 'snapshot') => {
    const own = state(replica)
    wire.hydrate(
      hydrateOf(room, log.epoch, (channel) => ({
        ...own.answer(channel, room, undefined),
        outcome,
      })),
    )
  }
  return {
    log: () => log,
    wipe() {
      wipes += 1
      // Offsets of the new log are lower, equal or higher than those of the old one.
      log = createModelLog(`epoch-${wipes}`, wipes % 2 === 0 ? 0 : 7)
      states = replicas.map(() => createModelReplica(log))
      wire.dropParts()
      for (const room of joined) replace(room, 'reset')
    },
    read(index, partition, count) {
      for (const [channel, entry] of state(index).read(partition, count)) {
        if (index === replica && joined.has(channel.roomOf(entry.k))) wire.live(channel, entry)
      }
    },
    connect(index) {
      cut()
      replica = index
    },
    cut,
    isConnected: () => replica !== undefined,
    join(room, told) {
      if (replica === undefined || joined.has(room)) return
      joined.add(room)
      const own = state(replica)
      const cursor = told?.cursor[room]
      if (cursor && told.epoch !== log.epoch) return replace(room, 'reset')
      const answer = (channel: Channel) =>
        own.answer(channel, room, cursor && (cursor[channel.name] ?? {}))
      wire.hydrate(hydrateOf(room, log.epoch, answer))
    },
    leave: (room) => {
      if (joined.delete(room)) wire.left(room)
    },
    isJoined: (room) => joined.has(room),
    overflow() {
      if (!wire.isIdle()) return
      wire.dropLive()
      for (const room of joined) replace(room, 'snapshot')
    },
    pump: wire.pump,
    take: wire.take,
  }
}
