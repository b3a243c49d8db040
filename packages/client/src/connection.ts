import type { ConnectRefusal } from '@flux/contracts'
import { reconnectDelay } from './backoff.ts'
import type { Cancel, ClientClock } from './clock.ts'
import { refusalOf } from './refusal.ts'
import type { OpenSocket, SocketPort } from './socket.ts'
import type { TokenStore } from './tokens.ts'

/** A connection, or an attempt, that ended. */
interface Lost {
  /** Failures in a row. */
  readonly failures: number
  /** When the next attempt is made, epoch milliseconds. */
  readonly retryAt: number
  /** The server's reason, where it gave one. */
  readonly refusal: string | undefined
}

/** What happens to a connection. */
interface ConnectionEvents {
  /** An attempt begins; `failures` have gone before it in a row. */
  attempting(failures: number): void
  /** A socket was made: the place to listen to what the server sends. */
  opened(socket: SocketPort): void
  /** The connection, or the attempt, has ended; the next one is made at `retryAt` (epoch milliseconds). */
  lost(lost: Lost): void
}

/** Keeps one connection up for ever. */
export interface Connection {
  open(): void
  close(): void
  /** The server's first message has come: the attempt succeeded. */
  established(): void
  /** Ends what there is and connects again at once. */
  renew(): void
  /** Ends what there is and connects again after a delay, as after a failure. */
  fail(): void
  /** True while it waits for its next attempt. */
  waits(): boolean
  /** The socket while there is one. */
  socket(): SocketPort | undefined
}

/** What a connection is made of. */
export interface ConnectionOptions {
  readonly url: string
  readonly tokens: TokenStore
  readonly clock: ClientClock
  readonly random: () => number
  readonly openSocket: OpenSocket
  readonly events: ConnectionEvents
}

/** How long an attempt may take until the server's first message, in milliseconds. */
const handshakeMs = 10_000
/** A connection that lived this long was a good one: the next delay is a short one again. In milliseconds. */
const goodMs = 5_000

/** A connection that is closed until `open`. */
export const createConnection = (options: ConnectionOptions): Connection => {
  const { clock, events, tokens } = options
  let attempt: Attempt | undefined
  let cancelWait: Cancel = () => undefined
  let failures = 0
  let triedAsGuest = false
  let wanted = false

  const drop = () => {
    cancelWait()
    const dropped = attempt
    attempt = undefined
    if (dropped?.end() === 'good') failures = 0
  }
  const lose = (refusal: Partial<ConnectRefusal> = {}) => {
    drop()
    failures += 1
    const delay = delayOf(failures, refusal, options.random)
    cancelWait = clock.after(delay, begin)
    const retryAt = clock.now() + delay
    events.lost({ failures, retryAt, refusal: refusal.code })
  }
  const begin = () => {
    drop()
    events.attempting(failures)
    const token = tokens.load()
    attempt = createAttempt(options, token, (error) => {
      const refusal = refusalOf(error)
      const asGuest = refusal.code === 'unauthorized' && refusal.retryAsGuest === true
      if (!asGuest || token === null || triedAsGuest) return lose(refusal)
      triedAsGuest = true
      tokens.save(null)
      begin()
    })
    events.opened(attempt.socket)
    attempt.socket.connect()
  }
  return {
    open() {
      if (wanted) return
      wanted = true
      begin()
    },
    close() {
      wanted = false
      drop()
      failures = 0
    },
    established() {
      triedAsGuest = false
      attempt?.established()
    },
    renew: () => {
      if (wanted) begin()
    },
    fail: () => {
      if (attempt) lose()
    },
    waits: () => wanted && attempt === undefined,
    socket: () => attempt?.socket,
  }
}

/** How long to wait, in milliseconds. All who were refused are told the same time: they spread over a quarter more. */
const delayOf = (failures: number, refusal: Partial<ConnectRefusal>, random: () => number) => {
  const asked = (refusal.retryAfterMs ?? 0) * (1 + random() / 4)
  return Math.max(reconnectDelay(failures, random), Math.round(asked))
}

/** One attempt and the connection that comes of it. */
interface Attempt {
  readonly socket: SocketPort
  /** The server's first message has come in time. */
  established(): void
  /** Ends it; says whether it was a good connection. */
  end(): 'good' | 'short'
}

const createAttempt = (
  { clock, openSocket, url }: ConnectionOptions,
  token: string | null,
  over: (error: unknown) => void,
): Attempt => {
  const socket = openSocket(url, token === null ? {} : { token })
  let ended = false
  let establishedAt: number | undefined
  // A socket may tell of its end more than once, and after it was dropped.
  const endOf = (error: unknown) => {
    if (!ended) over(error)
  }
  const cancelHandshake = clock.after(handshakeMs, () => endOf(undefined))
  socket.on('connect_error', endOf)
  socket.on('disconnect', () => endOf(undefined))
  return {
    socket,
    established() {
      cancelHandshake()
      establishedAt = clock.monotonic()
    },
    end() {
      ended = true
      cancelHandshake()
      socket.close()
      const good = establishedAt !== undefined && clock.monotonic() - establishedAt >= goodMs
      return good ? 'good' : 'short'
    },
  }
}
