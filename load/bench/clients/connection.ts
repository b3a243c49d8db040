import type { Buffer } from 'node:buffer'
import { connect, type Socket } from 'node:net'
import { clientFrame, type FrameReader, type FrameStream } from '../wire/frames.ts'
import type { Protocol } from '../wire/protocol.ts'

/** One raw WebSocket connection and what it has counted. */
export interface Connection extends FrameStream {
  readonly socket: Socket
  /** Stands for `%` in what it sends. */
  readonly key: string
  /** Events since it began, exactly. */
  events: number
  /** Events that were the last of their key. */
  finals: number
  /** `opening` until events may come. */
  state: 'opening' | 'ready' | 'closed'
  /** What was still to be sent of the protocol's steps. */
  steps: Protocol['steps']
  /** Called once, when it is ready or has failed before that. */
  settled(error?: Error): void
  /** The newest record seen of each key, where the connection is a witness. */
  readonly newest: Map<number, Seen> | undefined
}

/** The newest record that a witness has seen of a key. */
interface Seen {
  seq: number
  dueMicros: number
}

/** Where to connect to. */
interface Target {
  readonly host: string
  readonly port: number
  /** Address of this machine to connect from: each has its own 28,000 ports. */
  readonly from: string
}

interface OpenOptions {
  readonly target: Target
  readonly protocol: Protocol
  readonly reader: FrameReader<Connection>
  readonly key: string
  readonly isWitness: boolean
  onBytes(count: number): void
  onClosed(connection: Connection): void
}

const upgrade = ({ host, port }: Target, path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
  'Sec-WebSocket-Key: Zmx1eC1iZW5jaC1jbGllbg==\r\nSec-WebSocket-Version: 13\r\n\r\n'

const say = ({ socket, key }: Connection, text: string) =>
  void socket.write(clientFrame(text.replace('%', key)))

/** Finds the end of the answer's head in what has come so far; what follows is frames. */
const readHead = (
  head: string,
): { readonly status: string; readonly bytes: number } | undefined => {
  const end = head.indexOf('\r\n\r\n')
  return end < 0 ? undefined : { status: head.slice(9, 12), bytes: end + 4 }
}

/** Opens a connection; it resolves when the protocol says that events come from now on. */
export const openConnection = (options: OpenOptions): Promise<Connection> => {
  const { target, protocol, reader, key, isWitness, onBytes, onClosed } = options
  const { promise, resolve, reject } = Promise.withResolvers<Connection>()
  const start = reader.chunk.byteOffset - reader.buffer.byteOffset
  let head: string | undefined = ''

  const takeHead = (bytes: number): number => {
    const before = head?.length ?? 0
    head += reader.buffer.toString('latin1', start, start + bytes)
    const found = readHead(head ?? '')
    if (!found) return bytes
    if (found.status !== '101') connection.settled(new Error(`answered ${found.status}`))
    head = undefined
    if (protocol.onOpen !== undefined) say(connection, protocol.onOpen)
    return found.bytes - before
  }
  const callback = (bytes: number): boolean => {
    onBytes(bytes)
    const from = start + (head === undefined ? 0 : takeHead(bytes))
    if (from < start + bytes) reader.read(connection, from, start + bytes)
    return true
  }
  const socket = connect({
    host: target.host,
    port: target.port,
    localAddress: target.from,
    noDelay: true,
    onread: { buffer: reader.chunk, callback },
  })
  const connection: Connection = {
    ...{ socket, key, skip: 0, carry: undefined, events: 0, finals: 0, state: 'opening' },
    steps: protocol.steps,
    newest: isWitness ? new Map() : undefined,
    settled: (error) => (error ? reject(error) : resolve(connection)),
  }
  socket.on('error', () => undefined)
  socket.once('connect', () => socket.write(upgrade(target, protocol.path)))
  socket.once('close', () => {
    connection.settled(new Error('closed before it was ready'))
    connection.state = 'closed'
    onClosed(connection)
  })
  return promise
}

/** Follows the protocol: answers what has to be answered; true when the message is no event. */
export const converse = (connection: Connection, protocol: Protocol, text: string): void => {
  const { socket } = connection
  if (text === protocol.keepAlive.ask)
    return void socket.write(clientFrame(protocol.keepAlive.answer))
  const step = connection.steps.find(({ after }) => text.startsWith(after))
  if (step) {
    connection.steps = connection.steps.filter((other) => other !== step)
    say(connection, step.send)
  }
  if (connection.state === 'opening' && text.startsWith(protocol.ready)) {
    connection.state = 'ready'
    connection.settled()
  }
}

/** True when the bytes from `start` begin with `prefix`. */
export const beginsWith = (buffer: Buffer, prefix: Buffer, start: number): boolean => {
  for (let i = 0; i < prefix.length; i += 1) if (buffer[start + i] !== prefix[i]) return false
  return true
}
