import { roomOfAdapter } from '@flux/contracts'
import type { Server, Socket } from 'socket.io'
import type { Demand } from './demand.ts'
import type { Asker } from './limits.ts'

/** Tells demand who is in which room of this replica, whatever made them join or leave. Returns how to stop. */
export const watchRooms = (
  io: Server,
  demand: Pick<Demand, 'joined' | 'emptied'>,
  askerOf: (socket: Socket) => Asker | undefined,
): (() => void) => {
  const { adapter, sockets } = io.of('/')
  const onJoin = (room: string, id: string) => {
    const socket = sockets.get(id)
    demand.joined(roomOfAdapter(room), socket && askerOf(socket))
  }
  const onEmpty = (room: string) => demand.emptied(roomOfAdapter(room))
  adapter.on('join-room', onJoin)
  adapter.on('delete-room', onEmpty)
  return () => {
    adapter.off('join-room', onJoin)
    adapter.off('delete-room', onEmpty)
  }
}
