import type { Buffer } from 'node:buffer'
import type { Namespace, Server, Socket } from 'socket.io'

/**
 * The only place that touches what Socket.IO and Engine.IO do not document. Versions are pinned exactly;
 * `checkInternals` says at start whether they are as expected, and what is read here is checked per socket again.
 */
interface Engine {
  readonly readyState: string
  readonly upgrading?: boolean
  readonly writeBuffer: { readonly length: number }
  readonly transport: {
    readonly name: string
    readonly perMessageDeflate?: unknown
    readonly socket?: {
      readonly bufferedAmount?: number
      readonly _sender?: { sendFrame?: unknown }
      terminate?(): void
      readonly _socket?: { readonly _handle?: { readonly writeQueueSize?: number } | null }
    }
  }
  write(data: string, options: object, onFlushed?: () => void): void
  close(discard?: boolean): void
}

interface EngineClient {
  readonly conn: Engine
  writeToEngine(packets: readonly string[], options: object): void
}

const clientOf = (socket: Socket): EngineClient => socket.client as unknown as EngineClient

/** Packets as they go out: the texts for any transport, and all of them as one WebSocket buffer. */
export interface Outgoing {
  readonly texts: readonly string[]
  readonly packed: Buffer
}

/** True when a pre-encoded buffer may be handed to the socket's transport as it is. */
const isPackable = (socket: Socket): boolean => {
  const { conn } = clientOf(socket)
  return (
    conn.transport.name === 'websocket' &&
    !conn.upgrading &&
    !conn.transport.perMessageDeflate &&
    typeof conn.transport.socket?._sender?.sendFrame === 'function'
  )
}

/** Writes packets to a socket: as one buffer where its transport takes that, else one by one. */
export const write = (socket: Socket, out: Outgoing): void => {
  const client = clientOf(socket)
  if (isPackable(socket)) {
    // Engine.IO sends `wsPreEncodedFrame` in place of the packet's data.
    client.writeToEngine([''], { compress: false, wsPreEncodedFrame: [out.packed] })
  } else {
    client.writeToEngine(out.texts, { compress: false })
  }
}

/**
 * Writes packets given as texts. `onWritten` is called when the last one has left this process, and never when the
 * connection ends before that.
 */
export const writeTexts = (
  socket: Socket,
  texts: readonly string[],
  onWritten: () => void,
): void => {
  const { conn } = clientOf(socket)
  const last = texts.length - 1
  if (last < 0) onWritten()
  texts.forEach((text, index) => {
    conn.write(text, { compress: false }, index === last ? onWritten : undefined)
  })
}

/** What waits in this process for the socket: packets not yet given to the transport, and bytes not yet to the kernel. */
export const backlogOf = (socket: Socket): { packets: number; bytes: number } => {
  const { conn } = clientOf(socket)
  return { packets: conn.writeBuffer.length, bytes: conn.transport.socket?.bufferedAmount ?? 0 }
}

/**
 * Bytes that have not left this process, which fall while a client takes anything at all: `bufferedAmount` stands still
 * while one large buffer drains, the handle's own queue does not.
 */
export const unsentBytes = (socket: Socket): number => {
  const { transport } = clientOf(socket).conn
  const queued = transport.socket?._socket?._handle?.writeQueueSize ?? 0
  return queued + (transport.socket?.bufferedAmount ?? 0)
}

/**
 * Closes the connection so that the client comes back by itself: to it, it is a lost transport.
 * `socket.disconnect()` would tell it to stay away for good.
 */
export const closeTransport = (socket: Socket): void => clientOf(socket).conn.close()

/**
 * Ends a connection that takes nothing any more at once, and what waits for it goes with it: `close` would wait for its
 * buffers to empty. To the client it is a lost transport too.
 */
export const cutTransport = (socket: Socket): void => {
  const { conn } = clientOf(socket)
  const webSocket = conn.transport.socket
  conn.close(true)
  webSocket?.terminate?.()
}

/** Lets go of the handshake: its headers hold addresses, its `auth` the token. */
export const forgetHandshake = (socket: Socket): void => {
  const { conn } = clientOf(socket)
  Object.assign(socket.handshake, { auth: {}, headers: {}, query: {}, url: '' })
  Reflect.set(conn, 'request', { headers: {}, connection: {}, url: '', _query: {} })
}

/** The members of a room on this replica. */
export const localMembers = (namespace: Namespace, room: string): ReadonlySet<string> | undefined =>
  namespace.adapter.rooms.get(room)

/** What is missing of the internals that this file relies on; empty when all is as expected. */
export const checkInternals = (io: Server): readonly string[] => {
  const missing: string[] = []
  if (!(io.of('/').adapter.rooms instanceof Map)) missing.push('adapter.rooms')
  if (!(io.of('/').sockets instanceof Map)) missing.push('namespace.sockets')
  return missing
}
