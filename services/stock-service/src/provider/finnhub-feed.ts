import { type Clock, openStream } from '@flux/runtime'
import { type Frame, parseFrame } from './finnhub-frames.ts'

/** Symbols that one key may stream. */
export const maxStreamed = 50

/**
 * Without any frame for so long a connection counts as dead. Outside of trading hours only pings come, and how often is
 * not promised, so it is long.
 */
const heartbeatMs = 150_000

/** What the feed tells and needs. */
export interface FeedOptions {
  readonly url: string
  readonly key: string
  /** At most `maxStreamed`. */
  readonly symbols: readonly string[]
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
  readonly heartbeatMs?: number
  onFrame(frame: Frame): void
  onOpen(): void
  /** A connection, or an attempt at one, has ended. */
  onClose(reason: string): void
}

/** The address with the key in its query: never to be shown. */
const addressOf = ({ url, key }: FeedOptions): string =>
  `${url}?${new URLSearchParams({ token: key })}`

/**
 * Streams trades on one connection, which comes back for ever, until the signal is aborted; then it resolves. Throws
 * `bad_url` (ProviderError). A subscription has one symbol: there is no message for several.
 */
export const runFeed = async (options: FeedOptions): Promise<void> => {
  const { symbols, clock, random, signal } = options
  const stream = openStream({
    ...{ provider: 'finnhub', url: addressOf(options), clock, random, signal },
    heartbeatMs: options.heartbeatMs ?? heartbeatMs,
    onOpen: (send) => {
      for (const symbol of symbols) send(JSON.stringify({ type: 'subscribe', symbol }))
    },
  })
  for await (const event of stream) {
    if (event.type === 'message') options.onFrame(parseFrame(event.data, clock.now()))
    else if (event.type === 'open') options.onOpen()
    else options.onClose(event.reason)
  }
}
