import { adapterRoom, roomOfAdapter, serverEvent, statsPeriodMs } from '@flux/contracts'
import type { Clock } from '@flux/runtime'
import type { Server } from 'socket.io'
import type { Fanout } from '../fanout/fanout.ts'
import type { StatsTable } from './stats.ts'

/** Connections in a room, by room. */
export type Occupancy = ReadonlyMap<string, number>

/** True for a room that was subscribed to, and for none of a socket's own or a user's. */
const isShared = (name: string): boolean => name.includes('.') && !name.startsWith('user.')

/** How many connections are in which room on this replica. */
export const occupancyOf = (io: Server): Occupancy => {
  const counts = new Map<string, number>()
  for (const [name, members] of io.of('/').adapter.rooms) {
    if (isShared(name)) counts.set(roomOfAdapter(name), members.size)
  }
  return counts
}

interface PresenceOptions {
  readonly io: Server
  readonly clock: Clock
  readonly fanout: Pick<Fanout, 'tell'>
  readonly stats: Pick<StatsTable, 'peerRooms'>
}

/**
 * Tells the members of rooms on this replica how many they are over all of them: every two seconds at most, to the whole
 * room when the sum has changed, else to those who have come since. Returns what ends it.
 */
export const watchPresence = ({ io, clock, fanout, stats }: PresenceOptions): (() => void) => {
  const { sockets, adapter } = io.of('/')
  const told = new Map<string, number>()
  const joined = new Map<string, Set<string>>()

  const onJoin = (name: string, id: string) => {
    if (!isShared(name)) return
    const ids = joined.get(name) ?? new Set()
    joined.set(name, ids.add(id))
  }
  const tellRoom = (room: string, count: number) => {
    const message = { room, count }
    if (told.get(room) !== count) {
      told.set(room, count)
      return fanout.tell(room, serverEvent.presence, JSON.stringify(message))
    }
    for (const id of joined.get(adapterRoom(room)) ?? []) {
      if (adapter.rooms.get(adapterRoom(room))?.has(id)) {
        sockets.get(id)?.emit(serverEvent.presence, message)
      }
    }
  }
  const tellAll = () => {
    const own = occupancyOf(io)
    const peers = stats.peerRooms()
    for (const [room, count] of own) {
      tellRoom(
        room,
        peers.reduce((sum, rooms) => sum + (rooms.get(room) ?? 0), count),
      )
    }
    for (const room of told.keys()) if (!own.has(room)) told.delete(room)
    joined.clear()
  }
  adapter.on('join-room', onJoin)
  const stop = clock.every(statsPeriodMs, tellAll)
  return () => {
    stop()
    adapter.off('join-room', onJoin)
  }
}
