import { fullJitter } from '../flow/backoff.ts'
import { pause } from '../flow/pause.ts'
import { openConnection } from './connection.ts'
import type { Send, StreamOptions } from './stream-options.ts'
import { parseTarget } from './target.ts'

/**
 * What a stream yields. `open`: a connection is up, numbered from 1; what came before may have a gap. `message`: one
 * frame as text, `at` in epoch milliseconds. `close`: a connection, or an attempt at one, ended; `reason` is one of
 * `connect_timeout`, `heartbeat`, `overflow`, `too_large`, `network`, `http_NNN`, `closed_NNNN`.
 */
export type StreamEvent =
  | { readonly type: 'open'; readonly connection: number; readonly send: Send }
  | { readonly type: 'message'; readonly data: string; readonly at: number }
  | { readonly type: 'close'; readonly reason: string }

const backoff = { baseMs: 1_000, maxMs: 60_000 }

/** Full jitter may draw 0: a provider that hangs up on everybody is still not hammered. */
const leastDelayMs = 100

/**
 * A WebSocket that reconnects for ever with full jitter (1 s doubling to 60 s; from the start again once a connection
 * has delivered a message). It ends when the signal is aborted or the consumer leaves. The next connection is made
 * only after the consumer has taken everything of the last one, so memory is bounded by one queue; a gap is better,
 * and the caller makes up for it at `open`. Throws `bad_url` (ProviderError) at the first step.
 */
export async function* openStream(options: StreamOptions): AsyncGenerator<StreamEvent> {
  const { clock, random, signal } = options
  const { url } = parseTarget(options.provider, options.url, ['ws:', 'wss:'])
  let attempt = 0
  for (let connections = 0; !signal.aborted; ) {
    let retryAfterMs = 0
    for await (const event of openConnection(url, options)) {
      if (event.type === 'close') {
        retryAfterMs = event.retryAfterMs ?? 0
        yield { type: 'close', reason: event.reason }
      } else if (event.type === 'open') {
        connections += 1
        yield { type: 'open', connection: connections, send: event.send }
      } else {
        attempt = 0
        yield event
      }
    }
    const delayMs = Math.max(leastDelayMs, retryAfterMs, fullJitter(attempt, backoff, random))
    attempt += 1
    await pause(delayMs, clock, signal)
  }
}
