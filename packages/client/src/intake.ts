import type { Cursor, Entry, HydrateMessage } from '@flux/contracts'
import { type Committed, commit } from './commit.ts'
import { stage } from './hydrate.ts'
import type { Room } from './room.ts'
import { createRooms, type Rooms } from './rooms.ts'
import { isPartition, type Target, takeIn } from './take-in.ts'
import { type Told, tell } from './told.ts'

/** Takes in everything that a server sends of rooms, and knows what the client has of them. No I/O. */
export interface Intake {
  /** A connection has begun: every room waits for its hydrate; another epoch makes everything void. */
  begin(epoch: string | null): void
  /** The connection is gone: what was not committed is thrown away. */
  end(): void
  /** The connection works: the server has said something. */
  heard(): void
  /** The server was asked for the room. */
  follow(room: string): void
  /** The server has taken the client out of the room. */
  leave(room: string): void
  /** A record that came live. */
  live(channel: string, entry: Entry): void
  /** A part of a hydrate; what it did when it was the last one. */
  hydrate(message: HydrateMessage): Committed | undefined
  isLive(room: string): boolean
  /** True when the client has had the room's content before. */
  isKnown(room: string): boolean
  /** What to tell the server of rooms that are not live. */
  told(rooms: readonly string[]): Told | undefined
  /** Of a partition: the client needs nothing at or below it. */
  position(room: string, channel: string, partition: number): number | undefined
  cursor(): Cursor
  epoch(): string | null
}

/** What the intake works on. */
export interface IntakeOptions extends Target {
  /** A room waits, is live, or was left. */
  roomChanged(room: string): void
  /** A part of a hydrate is missing, so the room waits for what will not come on this connection. */
  broken(): void
}

/** An intake that knows no room yet. */
export const createIntake = (options: IntakeOptions): Intake => {
  const { store, now } = options
  const rooms = createRooms({ changed: options.roomChanged, forgotten: store.forgetRoom })
  const log = createLog(options, rooms)
  /** When the connection was last known to work; its end is noticed late when a machine sleeps. */
  let heardAt = 0

  return {
    begin(epoch) {
      for (const room of rooms.all()) rooms.interrupt(room)
      log.adopt(epoch)
      heardAt = now()
      options.counters.sessions += 1
    },
    end() {
      for (const room of rooms.all()) {
        if (room.phase === 'live') room.currentAt = heardAt
        rooms.interrupt(room)
      }
    },
    heard() {
      heardAt = now()
    },
    follow: rooms.follow,
    leave: (room) => rooms.leave(room, now()),
    live(channel, entry) {
      heardAt = now()
      takeLive(options, rooms, { channel, entry })
    },
    hydrate(message) {
      heardAt = now()
      dropOldLog(rooms.get(message.room), message, log.epoch())
      const room = stagePart(options, rooms, message)
      const staged = message.last ? room?.staging?.staged : undefined
      if (!room || !staged) return undefined
      log.adopt(staged.epoch)
      const done = commit(options, room, staged)
      options.counters.hydrates += 1
      for (const outcome of done.outcomes.values()) options.counters.outcomes[outcome] += 1
      options.roomChanged(room.name)
      return done
    },
    isLive: (name) => rooms.get(name)?.phase === 'live',
    isKnown: (name) => rooms.get(name)?.positions.isEmpty() === false,
    told: (names) =>
      tell(
        names.flatMap((name) => rooms.get(name) ?? []),
        log.epoch(),
        now(),
      ),
    position: (room, channel, partition) => rooms.get(room)?.positions.of(channel, partition),
    cursor: () => Object.fromEntries(rooms.all().map((room) => [room.name, room.positions.view()])),
    epoch: log.epoch,
  }
}

/** Which log everything is of. */
const createLog = ({ store, counters }: IntakeOptions, rooms: Rooms) => {
  let epoch: string | null = null
  return {
    epoch: () => epoch,
    adopt(next: string | null) {
      if (next === null || next === epoch) return
      if (epoch !== null) counters.epochs += 1
      epoch = next
      store.forgetLog()
      for (const room of rooms.all()) {
        // Parts of the new log that have come already stay, and so do the live records that came between them.
        if (room.staging?.staged.epoch !== next) rooms.interrupt(room)
      }
    },
  }
}

const takeLive = (
  options: IntakeOptions,
  rooms: Rooms,
  { channel: name, entry }: { readonly channel: string; readonly entry: Entry },
) => {
  const { store, counters } = options
  const content = store.of(name)
  const room = content && rooms.get(content.channel.roomOf(entry.k))
  if (!content || !room || room.phase === 'left') {
    counters.unwanted += 1
    return
  }
  const { channel } = content
  if (channel.onKafka !== isPartition(entry.p[0])) {
    counters.malformed += 1
    return
  }
  // What comes before the hydrate is whole must not move the positions: a cut would leave a hole behind them.
  const waits = channel.onKafka && (room.phase === 'waiting' || room.staging !== undefined)
  if (waits) room.early.add({ channel, entry })
  else takeIn(options, room, { content, entry, how: 'live' })
}

/** A hydrate of another log begins: live records that wait are of the log before it, and their offsets mean nothing. */
const dropOldLog = (room: Room | undefined, message: HydrateMessage, epoch: string | null) => {
  if (!room || message.part !== 0 || message.epoch === null) return
  const before = room.staging ? room.staging.staged.epoch : epoch
  if (before !== message.epoch) room.early.take()
}

const stagePart = (
  { counters, broken }: IntakeOptions,
  rooms: Rooms,
  message: HydrateMessage,
): Room | undefined => {
  counters.parts += 1
  const room = rooms.get(message.room)
  if (!room || room.phase === 'left') {
    counters.partsDropped += 1
    return undefined
  }
  const before = room.staging
  room.staging = stage(before, message)
  if (room.staging) return room
  counters.partsDropped += 1
  // Without a beginning it is the rest of a hydrate that an earlier leave or another epoch has cut off.
  if (before) {
    rooms.interrupt(room)
    broken()
  }
  return undefined
}
