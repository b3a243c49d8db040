import type {
  ChannelName,
  Cursor,
  MaxHz,
  UserField,
  UserValues,
  ValueByName,
} from '@flux/contracts'
import type { ClientClock } from './clock.ts'
import type { Counters } from './counters.ts'
import type { Location, UnknownPlace } from './location.ts'
import type { Listener } from './notify.ts'
import type { RestorableValue } from './restore.ts'
import type { Schedule } from './schedule.ts'
import type { OpenSocket } from './socket.ts'
import type { TokenStore } from './tokens.ts'
import type { ClientStatus, Held, RecordListener, RoomState, Samples } from './types.ts'
import type { HomePlace, UserStore } from './user.ts'

/** What a client is made of; everything but the address has a default. */
export interface FluxClientOptions {
  /** Origin of the server; '' is the page's own. */
  readonly url: string
  /** Where the guest's token is kept; in memory by default. */
  readonly tokens?: TokenStore
  /** Where the browser's copy of the user's fields is kept; in memory by default. */
  readonly userStore?: UserStore
  readonly clock?: ClientClock
  /** From 0 up to 1, as `Math.random`. */
  readonly random?: () => number
  /** How many times a second to be sent something at most; as it comes by default. */
  readonly maxHz?: MaxHz
  /** When listeners are told: per animation frame in a page, else in a microtask. */
  readonly schedule?: Schedule
  /** Makes the sockets; Socket.IO by default. */
  readonly openSocket?: OpenSocket
}

/** A realtime client: what it holds is read at any time, and listeners are told when to read again. */
export interface FluxClient {
  /** Connects, and connects again for ever until `close`. */
  connect(): void
  close(): void
  /** Wants a room until the returned function is called; it is left 5 s after nobody wants it. */
  want(room: string): () => void
  /**
   * How many times a second to be sent something at most; `undefined`: as it comes. Values between are left out, records
   * of `ordered` channels are not.
   */
  setMaxHz(maxHz: MaxHz | undefined): void
  /** The newest value of a key; the same object until it changes. */
  read<Name extends ChannelName>(channel: Name, key: string): Held<ValueByName[Name]> | undefined
  /** The keys of a channel; the same array until the set changes. */
  keys(channel: ChannelName): readonly string[]
  /** A key's sampled history; the same object until it changes. */
  samples(channel: ChannelName, key: string): Samples
  /** The newest records of a key of an `ordered` channel in order; the same array until they change. */
  records<Name extends ChannelName>(channel: Name, key: string): readonly Held<ValueByName[Name]>[]
  onKey(channel: ChannelName, key: string, listener: Listener): () => void
  onKeys(channel: ChannelName, listener: Listener): () => void
  onStatus(listener: Listener): () => void
  onRoom(room: string, listener: Listener): () => void
  /** The same object until something in it changes. */
  status(): ClientStatus
  room(room: string): RoomState
  /**
   * Asks for a key's long history and puts it in when the key's room is live. Returns the records, oldest first.
   * Throws FluxClientError: `offline`, `timeout`, `malformed` or the server's refusal.
   */
  history<Name extends ChannelName>(
    channel: Name,
    key: string,
  ): Promise<readonly Held<ValueByName[Name]>[]>
  /**
   * Tells where the user is; the server knows it as a place, in all of the user's tabs, and its room is then wanted by
   * itself, beside what `want` counts. Resolves to the place, or to what may have been meant. Throws FluxClientError:
   * `offline`, `timeout`, `malformed` or the server's refusal.
   */
  setLocation(location: Location): Promise<HomePlace | UnknownPlace>
  /** Where the user is at home, and the room of it; the same object until it changes. `onUser('home', …)` tells. */
  home(): HomePlace | undefined
  /** A field that all of the user's tabs share: `units`, `watchlist`, `places` (ids) or `home`; the same until it changes. */
  user<Field extends UserField>(field: Field): UserValues[Field] | undefined
  /**
   * Sets a field here at once, and for the user's other tabs now or when there is a connection again. The last one to set
   * it wins. `home` takes a whole place, or null for none. Throws FluxClientError `bad_request` for what is no value of it.
   */
  setUser<Field extends UserField>(field: Field, value: UserValues[Field]): void
  onUser(field: UserField, listener: Listener): () => void
  /** How many connections are in a room over all replicas, where known; `onRoom` tells when it changes. */
  presence(room: string): number | undefined
  /**
   * Shows values of an earlier visit where there are none yet, with the age that their `at` gives them. Any record of the
   * key takes their place, and so does their room's first content. They move no cursor, are told to no `onRecord`, and
   * those that came too late, are older than their channel keeps or belong to an `ordered` channel are left out.
   */
  restore(values: readonly RestorableValue[]): void
  /** Begins a new connection at once. */
  reconnectNow(): void
  /** Is told of every accepted record, at once and in order: for checkers. It must not throw. */
  onRecord(listener: RecordListener<ChannelName>): () => void
  /** What the client has, room by room. */
  cursor(): Cursor
  /** What was counted so far. */
  counters(): Readonly<Counters>
}
