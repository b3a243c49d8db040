import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { portOf } from './fixture-http.ts'

/** A running WebSocket server on a free port of the loopback. */
export interface FixtureWs {
  /** `ws://127.0.0.1:port`, without a slash at the end. */
  readonly url: string
  /** Connections accepted so far. */
  accepted(): number
  /** Connections that are open now. */
  readonly sockets: ReadonlySet<WebSocket>
  /** Drops all connections and stops. */
  close(): Promise<void>
}

/** Starts a WebSocket server; `handler` gets every connection with its number, from 1. */
export const fixtureWs = async (
  handler: (socket: WebSocket, context: { number: number; request: IncomingMessage }) => void,
): Promise<FixtureWs> => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  let accepted = 0
  server.on('connection', (socket, request) => {
    accepted += 1
    // Clients under test vanish without a farewell.
    socket.on('error', () => {})
    handler(socket, { number: accepted, request })
  })
  await once(server, 'listening')
  return {
    url: `ws://127.0.0.1:${portOf(server.address())}`,
    accepted: () => accepted,
    sockets: server.clients,
    close: async () => {
      for (const socket of server.clients) socket.terminate()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}
