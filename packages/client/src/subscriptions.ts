import type { MaxHz, SubscribeMessage } from '@flux/contracts'
import { confirmedRooms, refusalIn } from './ack.ts'
import type { Cancel, ClientClock } from './clock.ts'
import type { Told } from './told.ts'

/** How long to wait for an answer until it is asked again, in milliseconds. */
export const ackTimeoutMs = 10_000
const defaultRetryMs = 1_000

/** What subscriptions work with. */
export interface SubscriptionsOptions {
  readonly clock: ClientClock
  readonly random: () => number
  /** The rooms to ask for, the ones wanted last first. */
  rooms(): readonly string[]
  /** How many times a second to be sent something at most; `undefined`: as it comes. */
  maxHz(): MaxHz | undefined
  /** True for a room whose content is current on this connection: the server needs no cursor for it. */
  isLive(room: string): boolean
  told(rooms: readonly string[]): Told | undefined
  send(message: SubscribeMessage): Promise<unknown>
  /** The server is asked for the room: its records may come. */
  follow(room: string): void
  /** The server has taken the client out of the room, or has not let it in. */
  leave(room: string): void
  /** The server will not have the client in the room, or will after all. */
  refusalChanged(room: string): void
}

/** Brings the server's set of rooms to what is wanted, one message at a time. */
export interface Subscriptions {
  /** A connection has begun: the server knows nothing of what is wanted. */
  begin(): void
  /** The connection is gone. */
  end(): void
  /** What is wanted may have changed; changes of one turn go together in one message. */
  update(): void
  isRefused(room: string): boolean
  /** True for a room that was asked for and not left since. */
  isFollowed(room: string): boolean
}

const same = (a: ReadonlySet<string>, b: readonly string[]): boolean =>
  a.size === b.length && b.every((room) => a.has(room))

/** What an answer makes of the rooms that were asked for. */
type Settled =
  | { readonly kind: 'again'; readonly afterMs: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'confirmed'; readonly rooms: ReadonlySet<string> }

const settle = (answer: unknown): Settled => {
  const rooms = confirmedRooms(answer)
  if (rooms) return { kind: 'confirmed', rooms: new Set(rooms) }
  const refusal = refusalIn(answer)
  const wait = !refusal || refusal.code === 'rate_limited' || refusal.code === 'busy'
  return wait
    ? { kind: 'again', afterMs: refusal?.retryAfterMs ?? defaultRetryMs }
    : { kind: 'refused' }
}

/** Subscriptions without a connection. `rev` grows for as long as the client lives. */
export const createSubscriptions = (options: SubscriptionsOptions): Subscriptions => {
  const membership = createMembership(options)
  let rev = 0
  /** The rooms that the server was last asked for; `undefined` without a connection. */
  let asked: ReadonlySet<string> | undefined
  let askedHz: MaxHz | undefined
  let inFlight = false
  let cancelTimer: Cancel | undefined

  const sendAfter = (ms: number) => {
    cancelTimer?.()
    cancelTimer = options.clock.after(ms, send)
  }
  const isAsked = (rooms: ReadonlySet<string>): boolean =>
    same(rooms, options.rooms()) && (askedHz === options.maxHz() || rooms.size === 0)
  const update = () => {
    // A timer that runs already, or the answer that is awaited, leads to a look at what is wanted then.
    if (!asked || inFlight || cancelTimer || isAsked(asked)) return
    sendAfter(0)
  }
  const answered = (rooms: ReadonlySet<string>, answer: unknown) => {
    // Another connection began while the answer was under way: it is not the one that is awaited.
    if (asked !== rooms) return
    inFlight = false
    const settled = settle(answer)
    if (settled.kind === 'again') {
      return sendAfter(Math.round(settled.afterMs * (1 + options.random() / 4)))
    }
    membership.settle(rooms, settled.kind === 'confirmed' ? settled.rooms : undefined)
    update()
  }
  const send = () => {
    cancelTimer = undefined
    const rooms = new Set(options.rooms())
    const maxHz = options.maxHz()
    asked = rooms
    askedHz = maxHz
    inFlight = true
    rev += 1
    membership.ask(rooms)
    const told = options.told([...rooms].filter((room) => !options.isLive(room)))
    options.send({ rooms: [...rooms], rev, ...told, ...(maxHz && { maxHz }) }).then(
      (answer) => answered(rooms, answer),
      () => answered(rooms, undefined),
    )
  }
  const end = () => {
    cancelTimer?.()
    cancelTimer = undefined
    asked = undefined
    askedHz = undefined
    inFlight = false
  }
  return {
    begin() {
      end()
      membership.begin()
      if (options.rooms().length > 0) send()
      else asked = new Set()
    },
    end,
    update,
    isRefused: membership.isRefused,
    isFollowed: membership.isFollowed,
  }
}

/** Which rooms the server has let the client into, and which it has refused. */
const createMembership = (
  options: Pick<SubscriptionsOptions, 'follow' | 'leave' | 'refusalChanged'>,
) => {
  /** Rooms that were asked for and not left since, on this connection or the one before. */
  let followed: ReadonlySet<string> = new Set()
  let joined: ReadonlySet<string> = new Set()
  let refused: ReadonlySet<string> = new Set()

  const refuse = (next: ReadonlySet<string>) => {
    const changed = refused.symmetricDifference(next)
    refused = next
    for (const room of changed) options.refusalChanged(room)
  }
  return {
    isRefused: (room: string) => refused.has(room),
    isFollowed: (room: string) => followed.has(room),
    begin() {
      joined = new Set()
      refuse(new Set())
    },
    ask(rooms: ReadonlySet<string>) {
      for (const room of rooms) options.follow(room)
      followed = followed.union(rooms)
    },
    /** `confirmed` is `undefined` when the whole message was refused: the server's set is as it was. */
    settle(rooms: ReadonlySet<string>, confirmed: ReadonlySet<string> | undefined) {
      joined = confirmed ?? joined
      const gone = followed.difference(joined)
      followed = joined
      refuse(rooms.difference(joined))
      for (const room of gone) options.leave(room)
    },
  }
}
