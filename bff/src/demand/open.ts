import type { Server, Socket } from 'socket.io'
import type { BffOptions } from '../options.ts'
import type { Feed } from '../state/feed.ts'
import { createDemand } from './demand.ts'
import { createDemandEvents } from './events.ts'
import { type Asker, createLimits } from './limits.ts'
import { watchRooms } from './watch-rooms.ts'
import { createWindows } from './windows.ts'

/** Demand over the rooms of a replica. */
export interface RoomDemand {
  /** Says who is behind a socket, before it joins rooms. */
  introduce(socket: Socket, asker: Asker): void
  stop(): void
}

/** Starts to ask for what the rooms of `io` lack. */
export const openDemand = (options: BffOptions, io: Server, feed: Feed): RoomDemand => {
  const { config, bus, cache, clock, log, metrics, newId, replica } = options
  const askers = new WeakMap<Socket, Asker>()
  const demand = createDemand({
    ...{ feed, bus, clock, newId },
    windows: createWindows({ cache, clock, replica }),
    limits: createLimits(
      { perUser: config.newDemandPerUser, perAddress: config.newDemandPerAddress },
      clock,
    ),
    events: createDemandEvents(log, metrics),
  })
  const stopWatching = watchRooms(io, demand, (socket) => askers.get(socket))
  return {
    introduce: (socket, asker) => void askers.set(socket, asker),
    stop: () => {
      stopWatching()
      demand.stop()
    },
  }
}
