import type { SessionInit } from '@flux/contracts'
import type { Cancel, ClientClock } from './clock.ts'
import type { ClockOffset } from './clock-offset.ts'
import { createConnection } from './connection.ts'
import type { Counters } from './counters.ts'
import type { Intake } from './intake.ts'
import type { Latency } from './latency.ts'
import { createLife } from './life.ts'
import type { Presence } from './presence.ts'
import { listenToRecords } from './records.ts'
import type { Rum } from './rum.ts'
import { listenToSession } from './session.ts'
import type { OpenSocket, SocketPort } from './socket.ts'
import type { StatusBoard } from './status.ts'
import type { TokenStore } from './tokens.ts'
import type { UserCopy } from './user.ts'
import type { Wanted } from './wanted.ts'

/** What a link connects. */
export interface LinkOptions {
  readonly url: string
  readonly tokens: TokenStore
  readonly clock: ClientClock
  readonly random: () => number
  readonly openSocket: OpenSocket
  readonly wanted: Wanted
  readonly intake: Intake
  readonly status: StatusBoard
  readonly offset: ClockOffset
  readonly latency: Latency
  readonly rum: Rum
  readonly user: UserCopy
  readonly presence: Presence
  readonly counters: Counters
  roomChanged(room: string): void
}

/** Keeps a session with a server, whichever it is, and its subscriptions as they are wanted. */
export interface Link {
  open(): void
  close(): void
  /** Begins a new connection at once, whether there is one or not. */
  renew(): void
  /** Tries at once when it only waits for the next attempt. */
  wake(): void
  /** Ends the connection, which is of no use any more, and tries again after a delay. */
  fail(): void
  wantedChanged(): void
  /** The user's home is another one than `before`. */
  homeMoved(before: string | undefined): void
  isRefused(room: string): boolean
  /** Ends the connection when a room has waited for its hydrate for too long. */
  watch(): void
  /** The socket while there is a session. */
  socket(): SocketPort | undefined
}

/** A link that is not open. What a connection brought stays when it ends. */
export const createLink = (options: LinkOptions): Link => {
  const { clock, status, counters } = options
  let cancelDrain: Cancel = () => undefined
  const life = createLife({ ...options, socket: () => connection.socket() })

  const endSession = () => {
    cancelDrain()
    options.latency.reset()
    options.user.end()
    life.end()
  }
  const renew = () => {
    endSession()
    if (status.get().phase === 'live') status.set({ phase: 'recovering' })
    connection.renew()
  }
  const begin = (session: SessionInit) => {
    if (life.isOn()) return
    if (session.token !== null) options.tokens.save(session.token)
    connection.established()
    life.begin(session)
    options.user.begin()
  }
  const listen = (socket: SocketPort) => {
    listenToRecords(socket, options)
    listenToSession(socket, {
      session: begin,
      now(serverNow) {
        options.intake.heard()
        options.offset.heard(serverNow)
      },
      hydrate: life.hydrate,
      draining(afterMs) {
        cancelDrain()
        cancelDrain = clock.after(Math.floor(options.random() * afterMs), renew)
      },
      notice: (notice) => status.set({ notice }),
      userState: options.user.told,
      presence: (room, count) => options.presence.told(room, count, options.wanted.all()),
      malformed() {
        counters.malformed += 1
      },
    })
  }
  const connection = createConnection({
    ...options,
    events: {
      attempting(attempt) {
        endSession()
        status.set({ attempt, retryAt: undefined })
      },
      opened: listen,
      lost({ failures, retryAt, refusal }) {
        endSession()
        status.set({ phase: 'offline', attempt: failures, retryAt, refusal })
      },
    },
  })
  return {
    open: connection.open,
    close() {
      connection.close()
      endSession()
      status.set({ phase: 'offline', attempt: 0, retryAt: undefined })
    },
    renew,
    wake() {
      if (connection.waits()) connection.renew()
    },
    fail: connection.fail,
    wantedChanged: life.wantedChanged,
    homeMoved: life.homeMoved,
    isRefused: life.isRefused,
    watch() {
      if (life.isStuck()) connection.fail()
    },
    socket: () => (life.isOn() ? connection.socket() : undefined),
  }
}
