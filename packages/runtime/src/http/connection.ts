import { globalAgent as httpAgent, type IncomingMessage } from 'node:http'
import { globalAgent as httpsAgent } from 'node:https'
import { type RawData, WebSocket } from 'ws'
import type { Cancel, Clock } from '../clock.ts'
import { createQueue } from '../flow/queue.ts'
import { parseRetryAfter } from './retry-after.ts'
import type { Send, StreamOptions } from './stream-options.ts'

/** What one connection yields; `close` is the last. */
export type ConnectionEvent =
  | { readonly type: 'open'; readonly send: Send }
  | { readonly type: 'message'; readonly data: string; readonly at: number }
  | { readonly type: 'close'; readonly reason: string; readonly retryAfterMs?: number }

/** Calls `onSilent` once nothing has been seen for `ms`; one timer however many frames come. */
const watchSilence = (clock: Clock, ms: number, onSilent: () => void) => {
  let seenAt = clock.monotonic()
  let cancel: Cancel
  const check = () => {
    const left = seenAt + ms - clock.monotonic()
    if (left <= 0) onSilent()
    else cancel = clock.after(left, check)
  }
  cancel = clock.after(ms, check)
  return {
    seen: () => {
      seenAt = clock.monotonic()
    },
    stop: () => cancel(),
  }
}

const textOf = (data: RawData): string => {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : data.toString('utf8')
}

/** Only the kind of an error: messages of ws may hold the address. */
const reasonOf = (error: Error): string =>
  'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'too_large' : 'network'

/**
 * One connection's events up to its `close`. The socket is gone when the iteration has ended, however it ended.
 * Throws only what `onOpen` throws.
 */
export async function* openConnection(
  url: URL,
  options: StreamOptions,
): AsyncGenerator<ConnectionEvent> {
  const { clock, signal, heartbeatMs = 5_000, connectTimeoutMs = 10_000 } = options
  const { maxQueued = 5_000, maxFrameBytes = 1_048_576 } = options
  // Room for `open` and `close` beside the messages.
  const queue = createQueue<ConnectionEvent>({ limit: maxQueued + 2, overflow: 'refuse' })
  const socket = new WebSocket(url, {
    headers: { ...options.headers },
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    // The agents know of HTTPS_PROXY (NODE_USE_ENV_PROXY); ws by itself passes none.
    agent: url.protocol === 'wss:' ? httpsAgent : httpAgent,
  })
  let stopWatching: Cancel = () => {}
  let bug: { readonly error: unknown } | undefined

  const end = (reason: string, more: { retryAfterMs?: number } = {}) => {
    stopWatching()
    queue.push({ type: 'close', reason, ...more })
    queue.close()
    // Not `close()`: a half-open connection would never answer the farewell.
    socket.terminate()
  }
  const send: Send = (data) => {
    if (socket.readyState !== WebSocket.OPEN) return false
    // With a callback a failed write is not thrown; the socket's own `error` and `close` tell.
    socket.send(data, () => {})
    return true
  }
  const onOpen = () => {
    stopWatching()
    const silence = watchSilence(clock, heartbeatMs, () => end('heartbeat'))
    stopWatching = silence.stop
    socket.on('ping', silence.seen).on('pong', silence.seen).on('message', silence.seen)
    queue.push({ type: 'open', send })
    try {
      options.onOpen(send)
    } catch (error) {
      bug = { error }
      end('network')
    }
  }
  const onMessage = (data: RawData) => {
    if (queue.size() >= maxQueued) return end('overflow')
    queue.push({ type: 'message', data: textOf(data), at: clock.now() })
  }
  const onRefused = (_request: unknown, response: IncomingMessage) => {
    const retryAfterMs = parseRetryAfter(response.headers['retry-after'], clock.now())
    end(`http_${response.statusCode ?? 0}`, retryAfterMs === undefined ? {} : { retryAfterMs })
    response.destroy()
  }

  stopWatching = clock.after(connectTimeoutMs, () => end('connect_timeout'))
  // The listener for `error` stays for good: terminating a socket that is still connecting emits one more.
  socket.on('error', (error) => end(reasonOf(error)))
  socket.on('open', onOpen).on('message', onMessage).on('unexpected-response', onRefused)
  socket.on('close', (code) => end(`closed_${code}`))
  signal.addEventListener('abort', queue.close, { once: true })
  try {
    if (!signal.aborted) yield* queue
    if (bug) throw bug.error
  } finally {
    signal.removeEventListener('abort', queue.close)
    stopWatching()
    socket.terminate()
  }
}
