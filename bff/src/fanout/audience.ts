import { roomOfAdapter } from '@flux/contracts'
import type { Namespace } from 'socket.io'
import { roomsOf } from './edge.ts'
import { createLane, type Lane, type Rate } from './lane.ts'

/** Sockets that are in the same rooms and served at the same rate, so that their bytes are joined once. */
export interface Audience {
  readonly rate: Rate
  readonly since: number
  readonly rooms: ReadonlySet<string>
  readonly lanes: Set<Lane>
}

/** All sockets that are in a room, grouped; kept up to date by who joins and leaves. */
export interface Audiences {
  /** Takes note of who has joined, left, gone or changed its rate. To be called between two flushes. */
  refresh(): void
  /** Who is in one of the rooms at this rate, and in which of them, in the order given. */
  touched(rate: Rate, rooms: Iterable<string>): ReadonlyMap<Audience, readonly string[]>
  /** The lane of a connected socket. */
  lane(id: string): Lane | undefined
  /** The lane is to be looked at by the next `refresh`. */
  touch(lane: Lane): void
  size(): number
  /** How many are served at a rate. */
  count(rate: Rate): number
  close(): void
}

interface AudiencesOptions {
  readonly namespace: Namespace
  /** A lane is in these rooms from now on; none: it has gone. Its `rooms` are still those before. */
  onMove(lane: Lane, rooms: ReadonlySet<string>): void
}

/** True for a room of ours, and for none of a socket's own: an id has no dot. */
const isRoom = (name: string): boolean => name.includes('.')

const keyOf = (lane: Lane, rooms: ReadonlySet<string>): string =>
  `${lane.rate} ${lane.since} ${[...rooms].sort().join('\n')}`

/** Audiences by their rooms and rate. */
const createIndex = () => {
  const byKey = new Map<string, Audience>()
  const byRoom = new Map<string, Set<Audience>>()

  const open = (key: string, lane: Lane, rooms: ReadonlySet<string>): Audience => {
    const audience = { rate: lane.rate, since: lane.since, rooms, lanes: new Set<Lane>() }
    byKey.set(key, audience)
    for (const room of rooms) byRoom.set(room, (byRoom.get(room) ?? new Set()).add(audience))
    return audience
  }
  const close = (key: string, audience: Audience) => {
    byKey.delete(key)
    for (const room of audience.rooms) {
      const held = byRoom.get(room)
      held?.delete(audience)
      if (held?.size === 0) byRoom.delete(room)
    }
  }
  return {
    add: (key: string, lane: Lane, rooms: ReadonlySet<string>) =>
      (byKey.get(key) ?? open(key, lane, rooms)).lanes.add(lane),
    remove: (key: string, lane: Lane) => {
      const audience = byKey.get(key)
      audience?.lanes.delete(lane)
      if (audience?.lanes.size === 0) close(key, audience)
    },
    touched: (rate: Rate, rooms: Iterable<string>) => {
      const found = new Map<Audience, string[]>()
      for (const room of rooms) {
        for (const audience of byRoom.get(room) ?? []) {
          if (audience.rate !== rate) continue
          const own = found.get(audience)
          if (own) own.push(room)
          else found.set(audience, [room])
        }
      }
      return found
    },
  }
}

/** The audiences of a namespace. */
export const createAudiences = ({ namespace, onMove }: AudiencesOptions): Audiences => {
  const { adapter, sockets } = namespace
  const lanes = new Map<string, Lane>()
  const keys = new Map<Lane, string>()
  const counts = new Map<Rate, number>()
  const index = createIndex()
  const changed = new Set<string>()

  const laneFor = (id: string): Lane | undefined => {
    const held = lanes.get(id)
    const socket = held ? undefined : sockets.get(id)
    if (!socket) return held
    const lane = createLane(socket)
    lanes.set(id, lane)
    return lane
  }
  const leave = (lane: Lane) => {
    const key = keys.get(lane)
    if (key === undefined) return
    index.remove(key, lane)
    keys.delete(lane)
    counts.set(lane.rate, (counts.get(lane.rate) ?? 1) - 1)
  }
  const enter = (lane: Lane, rooms: ReadonlySet<string>) => {
    const key = keyOf(lane, rooms)
    lane.rooms = rooms
    index.add(key, lane, rooms)
    keys.set(lane, key)
    counts.set(lane.rate, (counts.get(lane.rate) ?? 0) + 1)
  }
  const look = (id: string) => {
    const lane = laneFor(id)
    if (!lane) return
    const names = roomsOf(namespace, id)
    const rooms = new Set([...(names ?? [])].filter(isRoom).map(roomOfAdapter))
    leave(lane)
    onMove(lane, rooms)
    if (names) enter(lane, rooms)
    else lanes.delete(id)
  }
  const onJoin = (name: string, id: string) => {
    if (isRoom(name)) changed.add(id)
  }
  const onLeave = (_: string, id: string) => {
    if (lanes.has(id)) changed.add(id)
  }
  for (const [id, names] of adapter.sids) if ([...names].some(isRoom)) changed.add(id)
  adapter.on('join-room', onJoin)
  adapter.on('leave-room', onLeave)

  return {
    refresh: () => {
      for (const id of changed) look(id)
      changed.clear()
    },
    touched: index.touched,
    lane: laneFor,
    touch: (lane) => void changed.add(lane.id),
    size: () => lanes.size,
    count: (rate) => counts.get(rate) ?? 0,
    close: () => {
      adapter.off('join-room', onJoin)
      adapter.off('leave-room', onLeave)
    },
  }
}
