import {
  adapterRoom,
  type Cursor,
  channelsOfRoom,
  clientEvent,
  isSubscribable,
  protocolLimits,
  type SubscribeMessage,
  serverEvent,
  subscribeMessage,
} from '@flux/contracts'
import type { Clock } from '@flux/runtime'
import type { Socket } from 'socket.io'
import { cutTransport, unsentBytes, writeTexts } from '../fanout/edge.ts'
import { eventPacket } from '../fanout/packet.ts'
import { compareCursor } from '../state/compare.ts'
import type { Feed } from '../state/feed.ts'
import { type Hydrate, type Known, nothingKnown } from '../state/hydrate.ts'
import type { GatewayEvents } from './events.ts'
import { type Handlers, type Reply, refusal } from './handle.ts'
import type { HydrateGate } from './hydrate-gate.ts'
import { createBucket } from './rate.ts'

/** What subscribing needs. */
export interface SubscribeDeps {
  readonly feed: Pick<Feed, 'epoch' | 'resets' | 'ends'>
  readonly clock: Clock
  readonly events: Pick<GatewayEvents, 'hydrated' | 'hydrateBytes'>
  readonly gate: HydrateGate
  /** Rooms hydrated without a cursor, per minute and socket. */
  readonly coldPerMinute: number
  /** What a room holds for a client that brought this. */
  hydrateOf(room: string, known: Known): Hydrate
  /** While a flush is being written: when it is done. */
  flushing(): Promise<void> | undefined
}

/** A client that takes nothing of its hydrates for so long is cut off, in milliseconds. */
const stallMs = 15_000

/** When to ask again while the log is not known, in milliseconds. */
const notReadyMs = 1_000

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

/** Hands hydrates to a socket; the gate is told when their bytes have left, or the socket has. */
const createHydrator = (socket: Socket, { gate, events, clock, hydrateOf }: SubscribeDeps) => {
  let owed = 0
  /** What would be unsent if the client had taken nothing since the watch began. */
  let untaken = 0
  let cancelWatch: (() => void) | undefined
  /** Who takes nothing would hold up everybody in line. */
  const watch = () => {
    untaken = unsentBytes(socket)
    cancelWatch = clock.after(stallMs, () => {
      cancelWatch = undefined
      if (owed === 0) return
      if (unsentBytes(socket) < untaken) watch()
      else cutTransport(socket)
    })
  }
  socket.conn.once('close', () => {
    cancelWatch?.()
    gate.gone(owed)
    owed = 0
  })
  return (rooms: readonly string[], known: (room: string) => Known): number => {
    const hydrates = rooms.map((room) => hydrateOf(room, known(room)))
    const texts = hydrates.flatMap((hydrate) => hydrate.texts)
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    for (const { outcome } of hydrates) events.hydrated(outcome)
    events.hydrateBytes(bytes)
    owed += bytes
    const packets = texts.map((text) => eventPacket(serverEvent.hydrate, text))
    writeTexts(socket, packets, () => {
      owed -= bytes
      gate.gone(bytes)
    })
    if (cancelWatch) untaken += bytes
    else if (owed > 0) watch()
    return bytes
  }
}

/** Handles `subscribe`: joins and leaves the difference, then tells each new room what it holds. */
export const serveSubscribe = (socket: Socket, handlers: Handlers, deps: SubscribeDeps): void => {
  const { clock, feed, gate } = deps
  const cold = createBucket({ burst: deps.coldPerMinute, perSecond: deps.coldPerMinute / 60 })
  const hydrate = createHydrator(socket, deps)
  let wanted: ReadonlySet<string> = new Set()
  let rev = -1
  /** The last hydrate was a large one although a cursor was brought: the next one counts as cold. */
  let wasLarge = false

  const isTooFast = ({ cursor }: SubscribeMessage, added: readonly string[]) => {
    if (added.length === 0 || !(wasLarge || added.some((room) => isCold(room, cursor)))) return
    const verdict = cold.take(clock.monotonic())
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
    const next = new Set(message.rooms.filter(isSubscribable))
    const added = [...next].filter((room) => !wanted.has(room))
    for (const room of wanted) if (!next.has(room)) void socket.leave(adapterRoom(room))
    for (const room of added) void socket.join(adapterRoom(room))
    wanted = next
    rev = message.rev
    answer()
    const bytes = hydrate(added, known)
    wasLarge =
      bytes > protocolLimits.hydratePartBytes && !added.some((own) => isCold(own, message.cursor))
    return bytes
  }
  const subscribe = async (message: SubscribeMessage, reply: Reply) => {
    // A room that this build does not know is left out and named: a newer client keeps the others.
    const refused = message.rooms.filter((room) => !isSubscribable(room))
    const answer = () =>
      reply({ ok: true, rev, rooms: [...wanted], ...(refused.length > 0 && { refused }) })
    if (message.rev < rev) return answer()
    if (isTooLong(message)) return reply(refusal('bad_request', 'The cursor is too long.'))
    // Before the log is known, no cursor can be judged.
    if (feed.epoch() === undefined) return reply(refusal('busy', 'Not ready yet.', notReadyMs))
    const added = message.rooms.filter((room) => isSubscribable(room) && !wanted.has(room))
    const tooFast = isTooFast(message, added)
    if (tooFast) return reply(tooFast)
    const known = await compare(message, deps)
    const isGated = added.length > 0
    if (isGated) await gate.enter(() => socket.emit(serverEvent.queued, { rev: message.rev }))
    let bytes = 0
    try {
      // A join takes effect between two flushes: what one still has to write is older than the hydrate.
      for (let flush = deps.flushing(); flush; flush = deps.flushing()) await flush
      if (socket.connected) bytes = change(message, known, answer)
    } finally {
      if (isGated) gate.sent(bytes)
    }
  }

  handlers.on(clientEvent.subscribe, subscribeMessage, subscribe)
}
