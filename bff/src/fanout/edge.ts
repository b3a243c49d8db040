import type { Buffer } from 'node:buffer'
import type { Namespace, Server, Socket } from 'socket.io'

/**
 * The only place that touches what Socket.IO and Engine.IO do not document. Versions are pinned exactly; `probe.ts` tries
 * at start whether they do as expected, and what differs from socket to socket is looked at again for each.
 */
interface Transport {
  readonly name: string
  readonly writable: boolean
  readonly perMessageDeflate?: unknown
  readonly socket?: {
    readonly bufferedAmount?: number
    readonly _sender?: { sendFrame?: unknown }
    terminate?(): void
    readonly _socket?: { readonly _handle?: { readonly writeQueueSize?: number } | null }
  }
  on(event: 'ready', listener: () => void): void
  off(event: 'ready', listener: () => void): void
}

interface QueuedPacket {
  readonly data?: { readonly length: number }
  readonly options?: { readonly wsPreEncodedFrame?: readonly { readonly length: number }[] }
}

/** An Engine.IO connection. */
export interface Engine {
  readonly readyState: string
  readonly upgrading?: boolean
  readonly writeBuffer: readonly QueuedPacket[]
  readonly transport: Transport
  write(data: string, options: object, onFlushed?: () => void): void
  close(discard?: boolean): void
  on(event: 'upgrade', listener: () => void): void
}

/** The connection of a socket. */
export const engineOf = (socket: Socket): Engine => socket.conn as unknown as Engine

/** True when a pre-encoded buffer may be handed to the connection's transport as it is. */
export const isPackable = ({ transport, upgrading }: Engine): boolean =>
  transport.name === 'websocket' &&
  !upgrading &&
  !transport.perMessageDeflate &&
  typeof transport.socket?._sender?.sendFrame === 'function'

/** Writes frames that are WebSocket frames already, as one buffer. Only where `isPackable` says so. */
export const writePacked = (engine: Engine, packed: Buffer): void => {
  // Engine.IO sends `wsPreEncodedFrame` in place of the packet's data.
  engine.write('', { compress: false, wsPreEncodedFrame: [packed] })
}

/**
 * Writes packets given as texts. `onWritten` is called when the last one has left this process, and never when the
 * connection ends before that.
 */
export const writeTexts = (
  socket: Socket,
  texts: readonly string[],
  onWritten?: () => void,
): void => {
  const engine = engineOf(socket)
  const last = texts.length - 1
  if (last < 0) onWritten?.()
  texts.forEach((text, index) => {
    engine.write(text, { compress: false }, index === last ? onWritten : undefined)
  })
}

const sizeOf = ({ data, options }: QueuedPacket): number =>
  options?.wsPreEncodedFrame?.[0]?.length ?? data?.length ?? 0

/** Bytes that wait in this process: packets not yet given to the transport, and what it has not given to the kernel. */
export const bufferedBytes = ({ writeBuffer, transport }: Engine): number =>
  writeBuffer.reduce((sum, packet) => sum + sizeOf(packet), transport.socket?.bufferedAmount ?? 0)

/**
 * Bytes given to the transport that have not left this process. They fall while a client takes anything at all:
 * `bufferedAmount` stands still while one large buffer drains, the handle's own queue does not.
 */
export const unsentBytes = (socket: Socket): number => {
  const { transport } = engineOf(socket)
  const queued = transport.socket?._socket?._handle?.writeQueueSize ?? 0
  return queued + (transport.socket?.bufferedAmount ?? 0)
}

/**
 * Closes the connection so that the client comes back by itself: to it, it is a lost transport.
 * `socket.disconnect()` would tell it to stay away for good.
 */
export const closeTransport = (socket: Socket): void => engineOf(socket).close()

/**
 * Ends a connection that takes nothing any more at once, and what waits for it goes with it: `close` would wait for its
 * buffers to empty. To the client it is a lost transport too.
 */
export const cutTransport = (socket: Socket): void => {
  const engine = engineOf(socket)
  const webSocket = engine.transport.socket
  engine.close(true)
  webSocket?.terminate?.()
}

/** Lets go of the handshake: its headers hold addresses, its `auth` the token. */
export const forgetHandshake = (socket: Socket): void => {
  const { request, transport } = socket.conn
  if (transport.name === 'websocket') {
    // Nobody reads it again, but Engine.IO's answer to the upgrade holds it until the connection ends.
    for (const key of Reflect.ownKeys(request)) Reflect.deleteProperty(request, key)
  }
  Object.assign(socket.handshake, { auth: {}, headers: {}, query: {}, url: '' })
  Reflect.set(socket.conn, 'request', { headers: {}, connection: {}, url: '', _query: {} })
}

/** The members of a room on this replica. */
export const localMembers = (namespace: Namespace, room: string): ReadonlySet<string> | undefined =>
  namespace.adapter.rooms.get(room)

/** The rooms of a socket, its own one too; `undefined` when it has gone. */
export const roomsOf = (namespace: Namespace, id: string): ReadonlySet<string> | undefined =>
  namespace.adapter.sids.get(id)

/** Sends an event in the documented way, which needs nothing of the above. */
export const emitPlain = (io: Server, ids: readonly string[]) => {
  const operator = io.local.to([...ids])
  return (event: string, json: string): void => {
    operator.emit(event, JSON.parse(json))
  }
}
