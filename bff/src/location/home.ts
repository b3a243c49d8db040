import {
  homeRoom,
  isNewerUpdate,
  type Refusal,
  serverEvent,
  toUserUpdate,
  type UserState,
} from '@flux/contracts'
import type { Clock } from '@flux/runtime'
import { refusal } from '../gateway/handle.ts'
import type { Membership } from '../gateway/membership.ts'
import { notReadyMs } from '../gateway/subscribe.ts'

/** Where a user is at home, and since when. */
export type Home = Extract<UserState, { field: 'home' }>

/** What of a connection the slot uses. */
export interface HomeConnection {
  readonly connected: boolean
  readonly conn: { once(event: 'close', listener: () => void): unknown }
  emit(event: string, home: Home): unknown
}

/** The home slot of one connection. */
export interface HomeSlot {
  /** The newest home that the connection was told. */
  newest(): Home | undefined
  /** Why it cannot be moved now, if so. */
  refusal(): Refusal | undefined
  /** Moves on the user's own word; `answer` is called between the join and the hydrate. */
  move(home: Home, answer: () => void): Promise<void>
  /** Follows another tab, or what is kept: told at once if it is newer, joined as soon as the limits allow. */
  follow(home: Home): void
}

/** What a slot needs. */
export interface HomeOptions {
  readonly clock: Clock
  readonly membership: Membership
  epoch(): string | undefined
  onError(error: unknown): void
}

const roomOf = ({ value }: Home): string | undefined => value?.id && homeRoom(value.id)

/** True when `a` replaces `b`. */
export const isNewerHome = (a: Home, b: Home | undefined): boolean =>
  isNewerUpdate(toUserUpdate(a), b && toUserUpdate(b))

/** An empty slot. */
export const createHomeSlot = (socket: HomeConnection, options: HomeOptions): HomeSlot => {
  const { clock, membership, epoch } = options
  let newest: Home | undefined
  let isMoving = false
  let cancelRetry: (() => void) | undefined
  socket.conn.once('close', () => cancelRetry?.())

  const tell = (home: Home) => socket.emit(serverEvent.userState, home)
  const enter = (home: Home): number => {
    const room = roomOf(home)
    membership.settle(room)
    return room === undefined ? 0 : membership.hydrate([room])
  }
  /** How long a room cannot be joined yet, in milliseconds. */
  const blockedMs = (): number => {
    if (epoch() === undefined) return notReadyMs
    const verdict = membership.takeCold()
    return verdict.ok ? 0 : verdict.retryAfterMs
  }
  const isThere = () => newest === undefined || membership.home() === roomOf(newest)
  const catchUp = async () => {
    isMoving = true
    try {
      // Of homes that follow each other faster than a turn comes, only the newest is entered.
      await membership.inTurn(() => (newest === undefined || isThere() ? 0 : enter(newest)))
    } finally {
      isMoving = false
    }
    attempt()
  }
  const attempt = () => {
    if (!socket.connected || isMoving || cancelRetry || isThere()) return
    const waitMs = blockedMs()
    if (waitMs === 0) return void catchUp().catch(options.onError)
    cancelRetry = clock.after(waitMs, () => {
      cancelRetry = undefined
      attempt()
    })
  }
  return {
    newest: () => newest,
    refusal: () => {
      if (epoch() === undefined) return refusal('busy', 'Not ready yet.', notReadyMs)
      const verdict = membership.takeCold()
      return verdict.ok
        ? undefined
        : refusal('rate_limited', 'Too many new places.', verdict.retryAfterMs)
    },
    move: (home, answer) => {
      if (isNewerHome(home, newest)) newest = home
      return membership.inTurn(() => {
        answer()
        tell(newest ?? home)
        return enter(newest ?? home)
      })
    },
    follow: (home) => {
      if (!isNewerHome(home, newest)) return
      newest = home
      tell(home)
      attempt()
    },
  }
}
