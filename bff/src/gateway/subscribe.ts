import {
  type Cursor,
  channelsOfRoom,
  clientEvent,
  isSubscribable,
  type MaxHz,
  protocolLimits,
  type SubscribeMessage,
  serverEvent,
  subscribeMessage,
} from '@flux/contracts'
import type { Clock } from '@flux/runtime'
import type { Socket } from 'socket.io'
import { compareCursor } from '../state/compare.ts'
import type { Feed } from '../state/feed.ts'
import { type Known, nothingKnown } from '../state/hydrate.ts'
import type { GatewayEvents } from './events.ts'
import { type Handlers, type Reply, refusal } from './handle.ts'
import type { Membership } from './membership.ts'

/** What subscribing needs. */
export interface SubscribeDeps {
  readonly feed: Pick<Feed, 'epoch' | 'resets' | 'ends'>
  readonly clock: Clock
  readonly membership: Membership
  readonly events: Pick<GatewayEvents, 'subscribed'>
  /** How many packs a second the socket is sent at most from the next flush on; `undefined`: as many as there are. */
  setRate(socketId: string, maxHz: MaxHz | undefined): void
}

/** When to ask again while the log is not known, in milliseconds. */
export const notReadyMs = 1_000

const isTooLong = ({ cursor }: SubscribeMessage): boolean =>
  cursor !== undefined && JSON.stringify(cursor).length > protocolLimits.cursorBytes

/** True when the room's hydrate has to begin with nothing: the cursor leaves out one of its channels. */
const isCold = (room: string, cursor: Cursor | undefined): boolean =>
  channelsOfRoom(room).some(
    ({ name, onKafka }) => onKafka && Object.keys(cursor?.[room]?.[name] ?? {}).length === 0,
  )

/** Resolves to what is known of each room; positions of a log that became another one meanwhile are worth nothing. */
const compare = async (message: SubscribeMessage, deps: SubscribeDeps) => {
  const resets = deps.feed.resets()
  const known = await compareCursor(message, deps)
  return (room: string): Known =>
    deps.feed.resets() === resets ? known(room) : { ...nothingKnown, foreign: true }
}

/** Handles `subscribe`: joins and leaves the difference, then tells each new room what it holds. */
export const serveSubscribe = (socket: Socket, handlers: Handlers, deps: SubscribeDeps): void => {
  const { feed, membership, clock, events } = deps
  let rev = -1
  /** The last hydrate was a large one although a cursor was brought: the next one counts as cold. */
  let wasLarge = false

  const isTooFast = ({ cursor }: SubscribeMessage, added: readonly string[]) => {
    if (added.length === 0 || !(wasLarge || added.some((room) => isCold(room, cursor)))) return
    const verdict = membership.takeCold()
    return verdict.ok
      ? undefined
      : refusal('rate_limited', 'Too many new rooms.', verdict.retryAfterMs)
  }
  /** From the first join to the last hydrate nothing waits, so that no record comes between. */
  const change = (
    message: SubscribeMessage,
    known: (room: string) => Known,
    answer: () => void,
  ) => {
    const added = membership.subscribe(new Set(message.rooms.filter(isSubscribable)))
    deps.setRate(socket.id, message.maxHz)
    rev = message.rev
    answer()
    const bytes = membership.hydrate(added, known)
    wasLarge =
      bytes > protocolLimits.hydratePartBytes && !added.some((own) => isCold(own, message.cursor))
    return bytes
  }
  const subscribe = async (message: SubscribeMessage, reply: Reply) => {
    const startedAt = clock.monotonic()
    // A room that this build does not know is left out and named: a newer client keeps the others.
    const refused = message.rooms.filter((room) => !isSubscribable(room))
    const answer = () => {
      const rooms = [...membership.subscribed()]
      reply({ ok: true, rev, rooms, ...(refused.length > 0 && { refused }) })
    }
    if (message.rev < rev) return answer()
    if (isTooLong(message)) return reply(refusal('bad_request', 'The cursor is too long.'))
    // Before the log is known, no cursor can be judged.
    if (feed.epoch() === undefined) return reply(refusal('busy', 'Not ready yet.', notReadyMs))
    const isNew = (room: string) => isSubscribable(room) && !membership.subscribed().has(room)
    const added = message.rooms.filter(isNew)
    const tooFast = isTooFast(message, added)
    if (tooFast) return reply(tooFast)
    const known = await compare(message, deps)
    const perform = () => change(message, known, answer)
    if (added.length === 0) return membership.betweenFlushes(perform)
    const hydrate = () => {
      const bytes = perform()
      events.subscribed(clock.monotonic() - startedAt)
      return bytes
    }
    await membership.inTurn(hydrate, () => socket.emit(serverEvent.queued, { rev: message.rev }))
  }

  handlers.on(clientEvent.subscribe, subscribeMessage, subscribe)
}
