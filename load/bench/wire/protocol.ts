import * as z from 'zod'
import { keyOf, peekBytes } from './value.ts'

/**
 * How a server is spoken to, as data: a driver declares it, the client processes follow it. Texts are whole WebSocket
 * messages or their beginnings.
 */
export const protocol = z.object({
  /** Path and query of the upgrade request. */
  path: z.string(),
  /** Sent as soon as the connection is open. In this and in `steps`, `%` stands for the connection's own key. */
  onOpen: z.string().optional(),
  /** What to send after a message that begins like this, once per connection. */
  steps: z.array(z.object({ after: z.string(), send: z.string() })),
  /** A message that begins like this says that events come from now on. */
  ready: z.string(),
  /** A message that is exactly this is answered at once. */
  keepAlive: z.object({ ask: z.string(), answer: z.string() }),
  /** How the message of an event begins, up to the value or to the key that comes before it. */
  eventPrefix: z.string(),
  /** Bytes from the message's beginning to the value. */
  valueAt: z.number(),
  /** Several messages may be in one frame, a line each. */
  lines: z.boolean(),
})

/** How a server is spoken to. */
export type Protocol = z.infer<typeof protocol>

/** Bytes of a frame that a client has to see. */
export const peekOf = ({ valueAt, lines }: Protocol): number =>
  lines ? Number.POSITIVE_INFINITY : valueAt + peekBytes

/** Socket.IO over a WebSocket: Engine.IO's open packet, the namespace, one message that joins, its acknowledgement. */
export const socketIo = (options: {
  /** Event and argument that make the server send events, as JSON text. */
  readonly join: string
  /** Event name; `envelope` is what stands between it and the value, `%` for the key. */
  readonly event: string
  readonly envelope: string
}): Protocol => {
  const [before = '', after] = options.envelope.split('%')
  const eventPrefix = `42["${options.event}",${before}`
  const key = after === undefined ? '' : keyOf(0) + after
  return {
    path: '/socket.io/?EIO=4&transport=websocket',
    steps: [
      { after: '0{', send: '40{}' },
      { after: '40{', send: `420${options.join}` },
    ],
    ready: '430',
    keepAlive: { ask: '2', answer: '3' },
    eventPrefix,
    valueAt: eventPrefix.length + key.length,
    lines: false,
  }
}
