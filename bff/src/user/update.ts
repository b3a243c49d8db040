import {
  clientEvent,
  isNewerUpdate,
  serverEvent,
  type UserUpdate,
  userRoom,
  userUpdateMessage,
} from '@flux/contracts'
import type { Places } from '@flux/places'
import type { Clock } from '@flux/runtime'
import type { Server } from 'socket.io'
import { type Handlers, type Reply, refusal } from '../gateway/handle.ts'
import { locate } from '../location/locate.ts'
import type { Mover } from '../location/move.ts'
import { unknownPlace } from '../location/serve.ts'
import type { UserStore } from './store.ts'
import type { Tab } from './tabs.ts'

/** What keeping a user's fields needs. */
export interface UpdateOptions {
  readonly io: Server
  readonly clock: Clock
  readonly store: UserStore
  readonly places: Places
  readonly mover: Mover
}

/** How far ahead of the server's clock a version may be, in milliseconds: one from far ahead would win for ever. */
const aheadMs = 60_000

type HomeUpdate = Extract<UserUpdate, { field: 'home' }>

/** Handles `user:update`: the newest value of a field wins, is kept, and told to all of the user's tabs. */
export const serveUserUpdate = (
  handlers: Handlers,
  { userId, tab }: { readonly userId: string; readonly tab: Tab },
  { io, clock, store, places, mover }: UpdateOptions,
): void => {
  const updateHome = async ({ value, ver }: HomeUpdate, reply: Reply) => {
    const located = value === null ? { place: null } : locate(places, { placeId: value })
    if ('suggestions' in located) return reply(unknownPlace(located.suggestions))
    await mover.adopt({ userId, tab, reply }, { field: 'home', value: located.place, ver })
  }
  const updateOther = async (update: Exclude<UserUpdate, HomeUpdate>, reply: Reply) => {
    const held = await store.field(userId, update.field)
    reply({ ok: true })
    if (isNewerUpdate(update, held)) {
      store.write(userId, update)
      io.to(userRoom(userId)).emit(serverEvent.userState, update)
    } else if (held && isNewerUpdate(held, update)) {
      tab.socket.emit(serverEvent.userState, held)
    }
  }
  handlers.on(clientEvent.userUpdate, userUpdateMessage, async (update, reply) => {
    if (update.ver > clock.now() + aheadMs) {
      return reply(refusal('bad_request', 'This version lies in the future.'))
    }
    await (update.field === 'home' ? updateHome(update, reply) : updateOther(update, reply))
  })
}
