import * as z from 'zod/mini'
import { type Place, place } from './place.ts'
import type { ChannelName, ValueByName } from './registry.ts'
import { maxRoomLength, placeId, userId } from './room.ts'
import type { UserState, UserUpdate } from './user.ts'
import { count, epochMs, text } from './values.ts'

/** Sizes that both ends know; what a server enforces is configurable, these are its defaults. */
export const protocolLimits = {
  /** One message from a client, in bytes. */
  messageBytes: 16 * 1_024,
  /** A cursor as JSON, in bytes. */
  cursorBytes: 8 * 1_024,
  /** Rooms a client may want at a time. */
  rooms: 32,
  /** One part of a hydrate, in bytes. */
  hydratePartBytes: 32 * 1_024,
} as const

/** What clients send. */
export const clientEvent = {
  subscribe: 'subscribe',
  location: 'userLocationUpdate',
  userUpdate: 'user:update',
  history: 'history',
  rum: 'rum',
} as const

/** What the server sends beside the events of the channels, which are named like the channel. */
export const serverEvent = {
  session: 'session:init',
  now: 'now',
  hydrate: 'hydrate',
  queued: 'queued',
  draining: 'server:draining',
  userState: 'user:state',
  presence: 'presence',
  notice: 'notice',
} as const

const roomName = z.string().check(z.minLength(3), z.maxLength(maxRoomLength))
const wholeOffset = z.number().check(z.int(), z.minimum(-1), z.maximum(Number.MAX_SAFE_INTEGER))
const partitionText = z.string().check(z.regex(/^\d{1,5}$/))

/** Per partition an offset: "I need nothing at or below this". -1 means nothing was there yet. */
export const watermarks = z.record(partitionText, wholeOffset)

/** Room → channel → partition → offset. */
export const cursor = z.record(roomName, z.record(text(64), watermarks))

/** How many times a second a client may ask to be sent something at most; who asks for nothing is sent all as it comes. */
export const maxHzChoices = [1, 4, 10] as const

/** How many times a second a client is sent something at most. */
export type MaxHz = (typeof maxHzChoices)[number]

/** The full set of rooms that a client wants, with what it already has of them. */
export const subscribeMessage = z.object({
  rooms: z.array(roomName).check(z.maxLength(protocolLimits.rooms)),
  /** Positions that belong to `epoch`. */
  cursor: z.optional(cursor),
  epoch: z.optional(text(64)),
  /** Grows with every change; an older one is ignored. */
  rev: count,
  /** The newest values are sent this often a second at most, records of `ordered` channels all of them; not given: as they come. */
  maxHz: z.optional(z.literal(maxHzChoices)),
})

/** Where the user is: a place, a city's name, or coordinates. */
export const locationMessage = z.union([
  z.strictObject({ placeId }),
  z.strictObject({ city: text(100), country: z.optional(text(60)) }),
  z.strictObject({
    lat: z.number().check(z.minimum(-90), z.maximum(90)),
    lon: z.number().check(z.minimum(-180), z.maximum(180)),
  }),
])

/** Asks for a key's long history: 240 candles, 200 trades. */
export const historyMessage = z.object({ channel: text(64), key: text(128) })

const sample = z.object({
  channel: text(64),
  /** Milliseconds from the producer's clock to the screen, the clocks' offset taken out. */
  latencyMs: z.number().check(z.minimum(-60_000), z.maximum(3_600_000)),
})

/** W3C trace context in its text form. */
const traceparent = z.string().check(z.regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/))

/** What a client tells of the records it got, at most every 30 s. */
export const rumMessage = z.object({
  samples: z.array(sample).check(z.maxLength(100)),
  /** Records whose trace is recorded, with their arrival by the server's clock. */
  traces: z.optional(
    z.array(z.object({ c: traceparent, receivedAt: epochMs })).check(z.maxLength(20)),
  ),
})

/** Why a message was refused. */
export const refusalCodes = [
  'bad_request',
  'unauthorized',
  'forbidden',
  'unknown_place',
  'rate_limited',
  'busy',
] as const

/** Why a message was refused. */
export type RefusalCode = (typeof refusalCodes)[number]

/** A place that may have been meant: what tells it from its namesakes. */
export const suggestion = z.object({
  id: placeId,
  name: text(100),
  country: z.string(),
  region: z.nullable(z.string()),
})

/** A place that may have been meant. */
export type Suggestion = z.infer<typeof suggestion>

/** A refusal; `message` is a sentence for people and holds nothing internal. */
export interface Refusal {
  readonly ok: false
  readonly code: RefusalCode
  readonly message: string
  readonly retryAfterMs?: number
  /** With `unknown_place`: at most five that may have been meant. */
  readonly suggestions?: readonly Suggestion[]
}

/** The answer to a message: what was asked for, or a refusal. */
export type Ack<T extends object = object> = ({ readonly ok: true } & T) | Refusal

/** Data of the error that refuses a handshake. */
export interface ConnectRefusal {
  readonly code: RefusalCode
  /** The token is not ours: drop it and connect once without one. */
  readonly retryAsGuest?: boolean
  readonly retryAfterMs?: number
}

/** What a client sends in `auth` of the handshake. */
export const handshakeAuth = z.object({ token: z.nullish(z.string().check(z.maxLength(4_096))) })

/** First message on every connection. */
export const sessionInit = z.object({
  userId,
  userType: z.enum(['guest', 'user']),
  /** For the next handshake; null where the user brought a token of his own. */
  token: z.nullable(z.string()),
  replica: text(100),
  epoch: z.nullable(text(64)),
  now: epochMs,
})

/** First message on every connection. */
export type SessionInit = z.infer<typeof sessionInit>

/** Partition and offset on Kafka; replica and sequence for what is born on a replica. */
export const position = z.tuple([z.union([z.number(), z.string()]), z.number()])

/** Partition and offset on Kafka; replica and sequence for what is born on a replica. */
export type Position = z.infer<typeof position>

/** A record on the wire: key, data (null removes the key), time of the fact, position, version, 1 when simulated. */
export interface Entry<Value = unknown> {
  readonly k: string
  readonly d: Value | null
  readonly t: number
  readonly p: Position
  readonly v: number
  readonly s?: 1 | undefined
  readonly c?: string | undefined
}

/** An entry's envelope; its data were checked against the channel's schema when the server read them. */
export const entry = z.object({
  k: z.string(),
  d: z.unknown(),
  t: z.number(),
  p: position,
  v: z.number(),
  s: z.optional(z.literal(1)),
  /** W3C `traceparent` of a record whose trace is recorded. */
  c: z.optional(traceparent),
})

/** What became of a cursor: everything missed was sent · newest values, a gap not filled · not our log, start afresh. */
export const outcomes = ['recovered', 'snapshot', 'reset'] as const

/** What became of a cursor. */
export type Outcome = (typeof outcomes)[number]

/** Sampled history of a key as columns: times (epoch ms) and values. */
const columns = z.object({ t: z.array(z.number()), v: z.array(z.number()) })

/** One channel of a hydrate. */
export const hydrateChannel = z.object({
  outcome: z.enum(outcomes),
  entries: z.array(entry),
  history: z.optional(z.record(z.string(), columns)),
})

/** What a room holds, in parts that count only together: the client commits them at `last`. */
export const hydrateMessage = z.object({
  room: roomName,
  epoch: z.nullable(text(64)),
  channels: z.record(text(64), hydrateChannel),
  /** Every channel and partition that can feed the room: what is at or below is in here or not needed. */
  heads: z.record(text(64), watermarks),
  part: count,
  last: z.boolean(),
})

/** What a room holds. */
export type HydrateMessage = z.infer<typeof hydrateMessage>

/** Room → channel → partition → offset. */
export type Cursor = z.infer<typeof cursor>

/** Per partition an offset. */
export type Watermarks = z.infer<typeof watermarks>

/** What a client wants. */
export type SubscribeMessage = z.infer<typeof subscribeMessage>

/** Answer to `subscribe`: the rooms that are joined now, and those asked for that no contract can produce. */
export type SubscribeAck = Ack<{
  readonly rev: number
  readonly rooms: readonly string[]
  readonly refused?: readonly string[]
}>

/** Answer to `history`. */
export type HistoryAck = Ack<{
  readonly epoch: string | null
  readonly entries: readonly Entry[]
  readonly heads: Watermarks
}>

/** Where the user is now, as the server understood it. */
export const located = z.object({ place, room: roomName })

/** Answer to `userLocationUpdate`. */
export type LocationAck = Ack<{ readonly place: Place; readonly room: string }>

/** How many connections are in a room, over all replicas; told to its members. */
export const presenceMessage = z.object({ room: roomName, count })

/** Leave within `afterMs`; another replica takes over. */
export const drainingMessage = z.object({ afterMs: count })

/** The rooms of this `subscribe` come when it is their turn. */
export const queuedMessage = z.object({ rev: count })

/** The server's clock, told every 30 s. */
export const nowMessage = z.object({ now: epochMs })

/** A sentence from the operators. */
export const noticeMessage = z.object({
  id: text(64),
  level: z.enum(['info', 'warning']),
  text: text(500),
  at: epochMs,
})

type ChannelEvents = { [Name in ChannelName]: (entry: Entry<ValueByName[Name]>) => void }

/** Socket.IO's typed events from server to client. */
export type ServerToClientEvents = ChannelEvents & {
  'session:init': (session: SessionInit) => void
  now: (message: z.infer<typeof nowMessage>) => void
  hydrate: (message: HydrateMessage) => void
  queued: (message: z.infer<typeof queuedMessage>) => void
  'server:draining': (message: z.infer<typeof drainingMessage>) => void
  'user:state': (state: UserState) => void
  presence: (message: z.infer<typeof presenceMessage>) => void
  notice: (message: z.infer<typeof noticeMessage>) => void
}

/** Socket.IO's typed events from client to server. */
export interface ClientToServerEvents {
  subscribe: (message: SubscribeMessage, ack: (answer: SubscribeAck) => void) => void
  userLocationUpdate: (
    message: z.infer<typeof locationMessage>,
    ack: (answer: LocationAck) => void,
  ) => void
  'user:update': (update: UserUpdate, ack: (answer: Ack) => void) => void
  history: (message: z.infer<typeof historyMessage>, ack: (answer: HistoryAck) => void) => void
  rum: (message: z.infer<typeof rumMessage>, ack: (answer: Ack) => void) => void
}
