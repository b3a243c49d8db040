import type { Entry, Outcome, Position } from '@flux/contracts'

/** A value as the client holds it. Never changed in place: a new value is a new object. */
export interface Held<Value = unknown> {
  readonly value: Value
  /** Time of the fact, epoch milliseconds. */
  readonly at: number
  readonly position: Position
  /** Grows per key. */
  readonly version: number
  /** It came from the sandbox and not from the world. */
  readonly simulated: boolean
  /** When it arrived, by the client's own clock, epoch milliseconds. */
  readonly receivedAt: number
}

/** A key's sampled history as columns: times of the facts (epoch milliseconds, ascending) and values. */
export interface Samples {
  readonly t: readonly number[]
  readonly v: readonly number[]
}

/** Whether a room's content is current: it waits for its first content, is live, or was refused by the server. */
export type RoomState = 'waiting' | 'live' | 'refused'

/** Where the connection is: never live yet (`connecting`, `session`), `live`, `offline`, or back and catching up. */
export type Phase = 'connecting' | 'session' | 'live' | 'offline' | 'recovering'

/** What became of the content when the connection came back, or when the server replaced some of it. */
export interface Resume {
  readonly at: number
  /** The worst of all channels. */
  readonly outcome: Outcome
  readonly channels: Readonly<Record<string, Outcome>>
  /** Records that were missed and have been handed in. */
  readonly caughtUp: number
}

/** A sentence from the operators. */
export interface Notice {
  readonly id: string
  readonly level: 'info' | 'warning'
  readonly text: string
  readonly at: number
}

/** The state of the client; replaced by a new object whenever something in it changes. */
export interface ClientStatus {
  readonly phase: Phase
  /** Since when the phase lasts, epoch milliseconds. */
  readonly since: number
  readonly userId?: string | undefined
  readonly replica?: string | undefined
  readonly epoch?: string | undefined
  /** Median from the time of the fact to its arrival, in milliseconds, clocks' offset taken out. */
  readonly latencyMs?: number | undefined
  /** What has to be added to the client's clock to get the server's, in milliseconds. */
  readonly clockOffsetMs: number
  /** Failed attempts to connect in a row. */
  readonly attempt: number
  /** When the next attempt is made, epoch milliseconds; missing while one is under way. */
  readonly retryAt?: number | undefined
  /** The server's reason for refusing the last attempt. */
  readonly refusal?: string | undefined
  readonly lastResume?: Resume | undefined
  readonly notice?: Notice | undefined
}

/** How a record came. */
export type Arrival = 'live' | 'hydrate'

/** Told of every accepted record, at once and in order. */
export type RecordListener<Name extends string = string> = (
  channel: Name,
  entry: Entry,
  how: Arrival,
) => void
