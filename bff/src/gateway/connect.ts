import type { IncomingMessage } from 'node:http'
import type { BlockList } from 'node:net'
import { type ConnectRefusal, handshakeAuth, type RefusalCode, serverEvent } from '@flux/contracts'
import type { Clock } from '@flux/runtime'
import type { Server, Socket } from 'socket.io'
import { forgetHandshake } from '../fanout/edge.ts'
import { clientAddress } from './address.ts'
import type { ConnectionRefusal, GatewayEvents } from './events.ts'
import { watchHandshakes } from './handshake.ts'
import { isOriginAllowed } from './origin.ts'
import type { Session, Tokens } from './token.ts'

/** Who may connect. */
export interface AdmissionOptions {
  readonly allowedOrigins: readonly string[]
  readonly trustedProxies: BlockList
  readonly maxConnections: number
  readonly maxPerAddress: number
  readonly events: GatewayEvents
  isDraining(): boolean
  connections(): number
}

/** Decides on handshakes before anything is read from them but their headers. */
export interface Admission {
  /** The reason to refuse, or `undefined`. */
  check(request: IncomingMessage): ConnectionRefusal | undefined
  /** A connection of this request began; the result is called at its end. */
  enter(request: IncomingMessage): () => void
  /** Who the client is to the limits. */
  addressOf(request: IncomingMessage): string
  isDraining(): boolean
}

const single = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.join(',')

/** Counts connections per address and in all. */
export const createAdmission = (options: AdmissionOptions): Admission => {
  const perAddress = new Map<string, number>()
  const addressOf = ({ socket, headers }: IncomingMessage) =>
    clientAddress(
      socket.remoteAddress ?? '',
      single(headers['x-forwarded-for']),
      options.trustedProxies,
    )
  return {
    check: (request) => {
      const { origin, host } = request.headers
      if (!isOriginAllowed({ origin, host }, options.allowedOrigins)) return 'origin'
      if (options.isDraining()) return 'draining'
      if (options.connections() >= options.maxConnections) return 'full'
      const own = perAddress.get(addressOf(request)) ?? 0
      return own >= options.maxPerAddress ? 'address_full' : undefined
    },
    enter: (request) => {
      const address = addressOf(request)
      perAddress.set(address, (perAddress.get(address) ?? 0) + 1)
      return () => {
        const left = (perAddress.get(address) ?? 1) - 1
        if (left > 0) perAddress.set(address, left)
        else perAddress.delete(address)
      }
    },
    addressOf,
    isDraining: options.isDraining,
  }
}

const refuse = (code: RefusalCode, data: Omit<ConnectRefusal, 'code'> = {}): Error =>
  Object.assign(new Error(code), { data: { code, ...data } })

/** What the connection handler is given. */
export interface ConnectOptions {
  readonly io: Server
  readonly tokens: Tokens
  readonly admission: Admission
  readonly clock: Clock
  readonly events: GatewayEvents
  readonly replica: string
  epoch(): string | undefined
  /** Registers the handlers of a socket that is in; `address` is what it is to the limits. */
  serve(socket: Socket, session: Session, address: string): void
}

/** How often clients are told the server's clock, in milliseconds. */
const nowPeriodMs = 30_000

/** Lets clients in: token, `session:init`, handlers. Returns what stops the clock messages. */
export const acceptConnections = (options: ConnectOptions): (() => void) => {
  const { io, tokens, admission, clock, events } = options
  const sessions = new WeakMap<Socket, Session>()
  const handshakes = watchHandshakes(clock, events)

  // Counted from the handshake on: whoever connects and stays silent has a connection too.
  io.engine.on('connection', (connection: Socket['conn']) => {
    connection.once('close', admission.enter(connection.request))
    handshakes.begin(connection)
  })

  io.use((socket, next) => {
    handshakes.asks(socket.conn)
    const auth = handshakeAuth.safeParse(socket.handshake.auth)
    const token = auth.success ? (auth.data.token ?? undefined) : ''
    tokens.admit(token, clock.now()).then(
      (session) => {
        if (!session) {
          handshakes.refuse(socket.conn, 'token')
          next(refuse('unauthorized', { retryAsGuest: true }))
          // After the refusal, which is written in the next tick: one connection is one attempt.
          return process.nextTick(() => socket.conn.close())
        }
        sessions.set(socket, session)
        next()
      },
      () => {
        handshakes.refuse(socket.conn, 'busy')
        next(refuse('busy', { retryAfterMs: 1_000 }))
      },
    )
  })

  io.on('connection', (socket) => {
    const session = sessions.get(socket)
    // It may have been on its way in when the drain began.
    if (!session || admission.isDraining()) return socket.conn.close()
    events.connected()
    socket.conn.once('close', events.disconnected)
    const address = admission.addressOf(socket.request)
    forgetHandshake(socket)
    options.serve(socket, session, address)
    socket.emit(serverEvent.session, {
      ...session,
      replica: options.replica,
      epoch: options.epoch() ?? null,
      now: clock.now(),
    })
    handshakes.welcome(socket.conn)
  })

  return clock.every(nowPeriodMs, () => io.local.emit(serverEvent.now, { now: clock.now() }))
}
