import type { OpenSocket, SocketPort } from '../socket.ts'

/** A message of the client that waits for its answer. */
interface Sent {
  readonly event: string
  readonly payload: object
  answer(ack: unknown): Promise<void>
  fail(): Promise<void>
}

/** One socket of the client, seen from the server's side. */
export interface FakeSocket {
  readonly token: string | undefined
  readonly sent: Sent[]
  isClosed(): boolean
  /** Tells the client something: an event of the protocol or of the connection. */
  tell(event: string, payload?: unknown): void
}

/** The place where a client's sockets end. */
export interface FakeServer {
  readonly open: OpenSocket
  readonly sockets: FakeSocket[]
  /** The newest socket. Throws when there is none. */
  socket(): FakeSocket
}

/** Lets everything run that waits for a promise which is settled already. */
export const settled = async (): Promise<void> => {
  for (let i = 0; i < 10; i += 1) await Promise.resolve()
}

/** A server that answers nothing by itself. */
export const createFakeServer = (): FakeServer => {
  const sockets: FakeSocket[] = []
  return {
    sockets,
    open(_, auth) {
      const { port, socket } = createFakeSocket(auth.token)
      sockets.push(socket)
      return port
    },
    socket() {
      const newest = sockets.at(-1)
      if (!newest) throw new Error('The client has opened no socket')
      return newest
    },
  }
}

const createFakeSocket = (token: string | undefined) => {
  const listeners = new Map<string, (payload: unknown) => void>()
  const sent: Sent[] = []
  let closed = false
  const port: SocketPort = {
    on: (event, listener) => {
      listeners.set(event, listener)
    },
    emitWithAck(event, payload) {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      sent.push({
        event,
        payload,
        answer(ack) {
          resolve(ack)
          return settled()
        },
        fail() {
          reject(new Error('No answer'))
          return settled()
        },
      })
      return promise
    },
    connect: () => undefined,
    close() {
      closed = true
    },
  }
  const socket: FakeSocket = {
    token,
    sent,
    isClosed: () => closed,
    tell(event, payload) {
      if (!closed) listeners.get(event)?.(payload)
    },
  }
  return { port, socket }
}
