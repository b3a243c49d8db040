import type { Clock } from '../clock.ts'

/** Sends one text frame; false when the connection is not open (any more). */
export type Send = (data: string) => boolean

/** What `openStream` needs. */
export interface StreamOptions {
  /** Names the provider in errors. */
  readonly provider: string
  /** `ws` or `wss`; it may hold a key and is never shown. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Subscribes: called on every connection as soon as it is open. */
  onOpen(send: Send): void
  /** A connection without any frame (ping and pong count) for so long is dead, in milliseconds (default 5,000). */
  readonly heartbeatMs?: number
  /** Milliseconds until a connection must be open (default 10,000). */
  readonly connectTimeoutMs?: number
  /** Longest frame taken, in bytes (default 1 MiB). */
  readonly maxFrameBytes?: number
  /** Most messages that wait for the consumer (default 5,000); more close the connection as `overflow`. */
  readonly maxQueued?: number
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
}
