import { io } from 'socket.io-client'

/** One connection attempt and the connection that comes of it. A port, so that tests can be the server. */
export interface SocketPort {
  /** Listens to `connect`, `disconnect` (reason), `connect_error` (error) and to what the server sends. */
  on(event: string, listener: (payload: unknown) => void): void
  /** Sends and waits for the acknowledgement; rejects after `timeoutMs` and when the connection ends. */
  emitWithAck(event: string, payload: object, timeoutMs: number): Promise<unknown>
  connect(): void
  /** Ends it for good; nothing is told afterwards. */
  close(): void
}

/** Makes a socket that does not connect yet. `url` is an origin, '' the page's own. */
export type OpenSocket = (url: string, auth: { readonly token?: string }) => SocketPort

/** Socket.IO over WebSocket. It never reconnects by itself: every attempt is a new socket with a fresh token. */
export const openSocketIo: OpenSocket = (url, auth) => {
  const options = {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    autoConnect: false,
    timeout: 10_000,
    auth,
  }
  const socket = url === '' ? io(options) : io(url, options)
  return {
    on: (event, listener) => {
      socket.on(event, listener)
    },
    emitWithAck: (event, payload, timeoutMs) =>
      socket.timeout(timeoutMs).emitWithAck(event, payload),
    connect: () => {
      socket.connect()
    },
    close: () => {
      socket.off()
      socket.disconnect()
    },
  }
}
