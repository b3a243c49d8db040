import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Log } from '@flux/runtime'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Faults } from './control/faults.ts'
import type { Stats } from './stats.ts'

/** One client's connection to a provider's stream. */
export interface Connection {
  readonly id: number
  /** Sends one frame; a reader too slow for it is dropped. `type` is what it is counted as. */
  send(type: string, frame: string): void
  close(code: number, reason: string): void
}

/** What a provider does with a connection. */
export interface ConnectionHandler {
  onMessage(text: string): void
  onClose(): void
}

/** A provider's stream: its path and what happens when a client comes. */
interface Endpoint {
  readonly provider: string
  /** Full path, without a query. */
  readonly path: string
  /** The status that a client with this query is refused with, if it is. */
  admit?(query: URLSearchParams): number | undefined
  open(connection: Connection): ConnectionHandler
}

/** The WebSocket side of the sandbox's one port. */
export interface Sockets {
  serve(endpoint: Endpoint): void
  /** Open connections by provider. */
  connections(): Readonly<Record<string, number>>
  /** Cuts every connection of a provider without a closing frame; how many there were. */
  drop(provider: string): number
  close(): void
}

/** A client that leaves this much unread is dropped, as the exchange does (ErrSlowConsume); the largest burst fits. */
const mostBuffered = 16 * 1024 * 1024
const largestMessage = 256 * 1024

const refuse = (socket: Duplex, status: number) => {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  )
}

interface Deps {
  readonly faults: Faults
  readonly stats: Stats
  readonly log: Log
}

const createConnection = (
  ws: WebSocket,
  options: Deps & { id: number; provider: string },
): Connection => {
  const { faults, stats, log, id, provider } = options
  return {
    id,
    send: (type, frame) => {
      if (ws.readyState !== ws.OPEN) return
      if (faults.take('silent', (fault) => fault.provider === provider)) return
      if (ws.bufferedAmount > mostBuffered) {
        stats.slowReader()
        log.warn({ provider, connection: id, buffered: ws.bufferedAmount }, 'slow reader dropped')
        ws.terminate()
        return
      }
      ws.send(frame)
      stats.frame(provider, type)
    },
    close: (code, reason) => ws.close(code, reason),
  }
}

/** Serves WebSocket endpoints on `server`, chosen by path. */
export const createSockets = (server: Server, deps: Deps): Sockets => {
  const endpoints = new Map<string, Endpoint>()
  const open = new Map<WebSocket, string>()
  const acceptor = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: largestMessage,
  })
  let opened = 0

  const accept = (ws: WebSocket, endpoint: Endpoint) => {
    const { provider } = endpoint
    opened += 1
    open.set(ws, provider)
    const handler = endpoint.open(createConnection(ws, { ...deps, id: opened, provider }))
    ws.on('message', (data) => handler.onMessage(String(data)))
    // A frame that breaks the protocol ends its own connection, nothing else.
    ws.on('error', (error) => deps.log.debug({ provider, error: error.message }, 'socket error'))
    ws.on('close', () => {
      open.delete(ws)
      handler.onClose()
    })
  }
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const [path = '', query = ''] = (request.url ?? '').split('?')
    const endpoint = endpoints.get(path.length > 1 ? path.replace(/\/$/, '') : path)
    if (!endpoint) return refuse(socket, 404)
    const refused = deps.faults.take('refuse', (f) => f.provider === endpoint.provider)
    if (refused) return refuse(socket, refused.status)
    const status = endpoint.admit?.(new URLSearchParams(query))
    if (status !== undefined) return refuse(socket, status)
    acceptor.handleUpgrade(request, socket, head, (ws) => accept(ws, endpoint))
  }
  server.on('upgrade', onUpgrade)

  const terminate = (which: (provider: string) => boolean): number => {
    const chosen = [...open].filter(([, provider]) => which(provider))
    for (const [ws] of chosen) ws.terminate()
    return chosen.length
  }
  return {
    serve: (endpoint) => {
      endpoints.set(endpoint.path, endpoint)
    },
    connections: () => {
      const counts: Record<string, number> = {}
      for (const { provider } of endpoints.values()) counts[provider] = 0
      for (const provider of open.values()) counts[provider] = (counts[provider] ?? 0) + 1
      return counts
    },
    drop: (provider) => terminate((p) => p === provider),
    close: () => {
      terminate(() => true)
      acceptor.close()
    },
  }
}
