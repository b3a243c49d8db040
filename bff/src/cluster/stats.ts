import { maxRoomLength, platformStats, statsPeriodMs, type ValueOf } from '@flux/contracts'
import type { Clock } from '@flux/runtime'
import type { Server } from 'socket.io'
import * as z from 'zod'
import type { Fanout } from '../fanout/fanout.ts'
import type { Occupancy } from './presence.ts'

type Stats = ValueOf<typeof platformStats>

/** What the replicas tell each other. */
export interface StatsTable {
  /** `Entry` texts that a room shows of what was born on replicas, by channel. */
  bornIn(room: string): ReadonlyMap<string, readonly string[]>
  /** True when another replica said, within three periods, that its tail is live and that it takes clients. */
  hasLivePeer(): boolean
  /** What each of the other replicas said of its rooms, within three periods. */
  peerRooms(): readonly Occupancy[]
  stop(): void
}

/** Rooms that a replica tells of, the fullest ones: a message stays below 100 KiB whatever clients join. */
const maxRooms = 1_000

const message = z.strictObject({
  seq: z.number().int().nonnegative(),
  rooms: z
    .record(z.string().max(maxRoomLength), z.number().int().nonnegative())
    .refine((rooms) => Object.keys(rooms).length <= maxRooms)
    .optional(),
  value: z.custom<Stats>((value) => platformStats.schema.safeParse(value).success),
})

interface Row {
  readonly wire: string
  readonly value: Stats
  readonly rooms: Occupancy
  readonly heardAt: number
}

interface StatsOptions {
  readonly io: Server
  readonly clock: Clock
  readonly fanout: Pick<Fanout, 'addBorn'>
  readonly replica: string
  /** False for a replica without an adapter: there is nobody to tell. */
  readonly shared: boolean
  collect(): Stats
  /** How many connections are in which room here. */
  rooms(): Occupancy
}

const fullest = (rooms: Occupancy): Occupancy =>
  rooms.size <= maxRooms
    ? rooms
    : new Map([...rooms].toSorted(([, a], [, b]) => b - a).slice(0, maxRooms))

const event = 'stats'
const room = platformStats.roomOf('')
const expiresMs = 3 * statsPeriodMs

/**
 * Tells this replica's stats to all others every two seconds and keeps a table of theirs. It goes by the adapter without
 * acknowledgement: a cluster request that waits for answers would fail with the first replica that is away.
 */
export const createStats = ({
  io,
  clock,
  fanout,
  replica,
  shared,
  collect,
  rooms: roomsHere,
}: StatsOptions): StatsTable => {
  const rows = new Map<string, Row>()
  let seq = 0

  const isFresh = (row: Row) => clock.monotonic() - row.heardAt < expiresMs
  const take = (number: number, value: Stats, rooms: Occupancy) => {
    const position = [value.replica, number]
    const wire = JSON.stringify({
      k: value.replica,
      d: value,
      t: value.at,
      p: position,
      v: value.at,
    })
    rows.set(value.replica, { wire, value, rooms, heardAt: clock.monotonic() })
    fanout.addBorn(room, platformStats, value.replica, wire)
  }
  const tell = () => {
    seq += 1
    const value = collect()
    const rooms = fullest(roomsHere())
    take(seq, value, rooms)
    if (shared) io.serverSideEmit(event, { seq, value, rooms: Object.fromEntries(rooms) })
    for (const [key, row] of rows) if (!isFresh(row)) rows.delete(key)
  }
  io.on(event, (payload: unknown) => {
    const parsed = message.safeParse(payload)
    if (!parsed.success) return
    const { seq: number, value, rooms = {} } = parsed.data
    take(number, value, new Map(Object.entries(rooms)))
  })
  const stop = clock.every(statsPeriodMs, tell)

  return {
    bornIn: (name) =>
      name === room
        ? new Map([[platformStats.name, [...rows.values()].filter(isFresh).map((row) => row.wire)]])
        : new Map(),
    hasLivePeer: () =>
      [...rows.values()].some(
        (row) =>
          row.value.replica !== replica &&
          row.value.tail === 'live' &&
          !row.value.draining &&
          isFresh(row),
      ),
    peerRooms: () =>
      [...rows.values()]
        .filter((row) => row.value.replica !== replica && isFresh(row))
        .map((row) => row.rooms),
    stop,
  }
}
