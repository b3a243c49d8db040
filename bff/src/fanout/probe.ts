import { Buffer } from 'node:buffer'
import { duplexPair } from 'node:stream'
import type { Namespace, Server } from 'socket.io'
import { webSocketFrame } from './packet.ts'

/** A WebSocket of the `ws` package, and a transport of Engine.IO on it, as they are made for a connection. */
interface Transport {
  readonly writable: unknown
  on(event: 'ready', listener: () => void): void
  send(packets: readonly object[]): void
}

interface EngineServer {
  readonly ws: {
    readonly options: {
      readonly WebSocket: new (address: null, protocols: undefined, options: object) => WebSocket
    }
  }
  createTransport(name: 'websocket', request: object): Transport
}

interface WebSocket {
  setSocket(socket: unknown, head: Buffer, options: object): void
  readonly bufferedAmount: unknown
  readonly _sender?: { readonly sendFrame?: unknown }
}

const engineServerOf = (io: Server): EngineServer => io.engine as unknown as EngineServer

/** Two frames as one packet, through a real transport over a pipe in memory: what comes out has to be the same bytes. */
const probeTransport = (io: Server): readonly string[] => {
  const engine = engineServerOf(io)
  const [near, far] = duplexPair()
  const { options: server } = engine.ws
  const socket = new server.WebSocket(null, undefined, server)
  socket.setSocket(near, Buffer.alloc(0), { maxPayload: 1_024 })
  if (typeof socket._sender?.sendFrame !== 'function') return ['sendFrame']
  const transport = engine.createTransport('websocket', { websocket: socket, _query: {} })
  const missing: string[] = []
  if (transport.writable !== true) missing.push('transport.writable')
  const packed = Buffer.concat(['2["a",1]', '2["b",2]'].map(webSocketFrame))
  const options = { compress: false, wsPreEncodedFrame: [packed] }
  transport.send([{ type: 'message', data: '', options }])
  if (transport.writable !== false) missing.push('transport.writable')
  const sent: unknown = far.read()
  if (!Buffer.isBuffer(sent) || !sent.equals(packed)) missing.push('wsPreEncodedFrame')
  if (typeof socket.bufferedAmount !== 'number') missing.push('bufferedAmount')
  near.destroy()
  far.destroy()
  return missing
}

const probeRooms = ({ adapter, sockets }: Namespace): readonly string[] => [
  ...(adapter.rooms instanceof Map ? [] : ['adapter.rooms']),
  ...(adapter.sids instanceof Map ? [] : ['adapter.sids']),
  ...(sockets instanceof Map ? [] : ['namespace.sockets']),
]

/** What is missing of the internals that `edge.ts` relies on; empty when all of them do as expected. */
export const checkInternals = (io: Server): readonly string[] => {
  try {
    return [...probeRooms(io.of('/')), ...probeTransport(io)]
  } catch (error) {
    return [error instanceof Error ? error.message : 'the WebSocket transport']
  }
}
