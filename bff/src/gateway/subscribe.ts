import {
  adapterRoom,
  clientEvent,
  isSubscribable,
  protocolLimits,
  type SubscribeMessage,
  serverEvent,
  subscribeMessage,
} from '@flux/contracts'
import type { Clock } from '@flux/runtime'
import type { Socket } from 'socket.io'
import { onWritten, writeText } from '../fanout/edge.ts'
import { eventPacket } from '../fanout/packet.ts'
import { compareCursor } from '../state/compare.ts'
import type { Feed } from '../state/feed.ts'
import type { Known } from '../state/hydrate.ts'
import type { GatewayEvents } from './events.ts'
import { type Handlers, type Reply, refusal } from './handle.ts'
import type { HydrateGate } from './hydrate-gate.ts'
import { createBucket } from './rate.ts'

/** What subscribing needs. */
export interface SubscribeDeps {
  readonly feed: Feed
  readonly clock: Clock
  readonly events: GatewayEvents
  readonly gate: HydrateGate
  /** Rooms hydrated without a cursor, per minute and socket. */
  readonly coldPerMinute: number
  /** `hydrate` messages of a room as JSON texts. */
  hydrateOf(room: string, known: Known): readonly string[]
}

const isTooLong = ({ cursor }: SubscribeMessage): boolean =>
  cursor !== undefined && JSON.stringify(cursor).length > protocolLimits.cursorBytes

const outcomeOf = (known: Known): string => {
  if (known.foreign || known.beyond.size > 0) return 'reset'
  return known.cursor ? 'recovered' : 'snapshot'
}

/** Handles `subscribe`: joins and leaves the difference, then tells each new room what it holds. */
export const serveSubscribe = (socket: Socket, handlers: Handlers, deps: SubscribeDeps): void => {
  const { clock, events, gate } = deps
  const cold = createBucket({ burst: deps.coldPerMinute, perSecond: deps.coldPerMinute / 60 })
  let wanted: ReadonlySet<string> = new Set()
  let rev = -1

  const hydrate = (room: string, known: Known) => {
    const texts = deps.hydrateOf(room, known)
    const bytes = texts.reduce((sum, text) => sum + text.length, 0)
    for (const text of texts) writeText(socket, eventPacket(serverEvent.hydrate, text))
    events.hydrated(outcomeOf(known), bytes)
    gate.sent(bytes)
    onWritten(socket, () => gate.gone(bytes))
  }

  const subscribe = async (message: SubscribeMessage, reply: Reply) => {
    // A room that this build does not know is left out and named: a newer client keeps the others.
    const refused = message.rooms.filter((room) => !isSubscribable(room))
    const answer = () =>
      reply({ ok: true, rev, rooms: [...wanted], ...(refused.length > 0 && { refused }) })
    if (message.rev < rev) return answer()
    if (isTooLong(message)) return reply(refusal('bad_request', 'The cursor is too long.'))
    const next = new Set(message.rooms.filter(isSubscribable))
    const added = [...next].filter((room) => !wanted.has(room))
    if (added.some((room) => !message.cursor?.[room])) {
      const verdict = cold.take(clock.monotonic())
      if (!verdict.ok)
        return reply(refusal('rate_limited', 'Too many new rooms.', verdict.retryAfterMs))
    }
    // What may wait comes first; from the join to the last hydrate nothing waits, so that no flush comes between.
    const known = await compareCursor(message, deps)
    if (added.length > 0)
      await gate.enter(() => socket.emit(serverEvent.queued, { rev: message.rev }))
    if (!socket.connected) return gate.sent(0)
    for (const room of wanted) if (!next.has(room)) void socket.leave(adapterRoom(room))
    for (const room of added) void socket.join(adapterRoom(room))
    wanted = next
    rev = message.rev
    answer()
    for (const room of added) hydrate(room, known(room))
  }

  handlers.on(clientEvent.subscribe, subscribeMessage, subscribe)
}
