import { serverEvent, userRoom } from '@flux/contracts'
import type { Places } from '@flux/places'
import type { Cache, Clock } from '@flux/runtime'
import type { Server, Socket } from 'socket.io'
import type { Peers } from '../cluster/peers.ts'
import type { Handlers } from '../gateway/handle.ts'
import type { Membership } from '../gateway/membership.ts'
import { createHomeSlot } from '../location/home.ts'
import { locate } from '../location/locate.ts'
import { createMover } from '../location/move.ts'
import { serveLocation } from '../location/serve.ts'
import type { UserEvents } from './events.ts'
import { createUserStore } from './store.ts'
import type { Tab, Tabs } from './tabs.ts'
import { serveUserUpdate } from './update.ts'

/** What serving users needs. */
export interface UsersOptions {
  readonly io: Server
  readonly clock: Clock
  readonly cache: Cache
  readonly peers: Peers
  readonly tabs: Tabs
  readonly places: Places
  readonly events: UserEvents
  epoch(): string | undefined
}

/** A connection that is in. */
interface Entrance {
  readonly socket: Socket
  readonly userId: string
  readonly handlers: Handlers
  readonly membership: Membership
}

/** What belongs to users. */
export interface Users {
  /** Registers the handlers of a connection and tells it what is kept of its user. */
  serve(entrance: Entrance): void
}

/** Serves what belongs to users: location and what is kept of them, shared by all of their tabs. */
export const createUsers = (options: UsersOptions): Users => {
  const { io, clock, tabs, places, events, epoch } = options
  const store = createUserStore(options.cache)
  const mover = createMover({ ...options, store })

  /** Tells a new connection what is kept of its user. */
  const restore = async (userId: string, { socket, home }: Tab) => {
    for (const update of await store.read(userId)) {
      if (!socket.connected) return
      if (update.field !== 'home') socket.emit(serverEvent.userState, update)
      else if (update.value === null) home.follow({ ...update, value: null })
      else {
        const located = locate(places, { placeId: update.value })
        if ('place' in located) home.follow({ ...update, value: located.place })
      }
    }
  }
  return {
    serve: ({ socket, userId, handlers, membership }) => {
      const home = createHomeSlot(socket, { clock, membership, epoch, onError: events.broke })
      const tab = { socket, home }
      void socket.join(userRoom(userId))
      tabs.add(userId, tab)
      serveLocation(handlers, { places, mover, userId, tab })
      serveUserUpdate(handlers, { userId, tab }, { io, clock, store, places, mover })
      restore(userId, tab).catch(events.broke)
    },
  }
}
