import {
  channels,
  clientEvent,
  outcomes,
  protocolLimits,
  refusalCodes,
  serverEvent,
} from '@flux/contracts'
import { generated, table } from './table.ts'

const code = (text: string): string => `\`${text}\``

const sent: Readonly<Record<string, string>> = {
  subscribe:
    'the full set of wanted rooms, with cursor, epoch, a growing `rev` and, where wanted, `maxHz`: 1, 4 or 10 packs a second at most; answered with the rooms that are joined',
  userLocationUpdate: 'where the user is: a place id, a city, or coordinates; fills the home slot',
  history: 'asks for the long history of a key: candles, trades',
  'user:update': 'a setting of the user; the last writer wins on all of the user’s tabs',
  rum: 'latency samples, at most every 30 s',
}

const told: Readonly<Record<string, string>> = {
  'session:init': 'who the client is, its token, the replica, the epoch, the server’s clock',
  now: 'the server’s clock, every 30 s',
  hydrate: 'what a room holds, in parts that count only together',
  queued: 'the hydrates of this `rev` come when it is their turn',
  'server:draining': 'leave soon; another replica takes over',
  'user:state': 'a setting of the user, as all of the user’s tabs have it now',
  presence: 'how many clients are in a room, over all replicas',
  notice: 'a sentence from the operators',
}

const rows = (events: readonly string[], words: Readonly<Record<string, string>>) =>
  events.map((event) => {
    const meaning = words[event]
    if (meaning === undefined)
      throw new Error(`say what the event ${event} is, in socket-events.ts`)
    return [code(event), meaning]
  })

/** `docs/socket-events.md`. Throws for an event that has no words here. */
export const socketEvents = (): string => `${generated}

# Socket events

Socket.IO 4 on the path \`/socket.io/\`, WebSocket only. Schemas: \`packages/contracts/src/protocol.ts\`, and [asyncapi.json](asyncapi.json).
The handshake's \`auth\` may hold \`{ token }\`, a guest token from an earlier \`session:init\`.

## From the client

${table(['event', 'what it says'], rows(Object.values(clientEvent), sent))}

Each is acknowledged: \`{ ok: true, … }\` or \`{ ok: false, code, message, retryAfterMs? }\` with one of the codes
${refusalCodes.map(code).join(', ')}.

## From the server

${table(['event', 'what it says'], rows(Object.values(serverEvent), told))}

One more per channel, named like it: ${channels.map((c) => code(c.name)).join(', ')}. Its argument is a record:
\`{ k, d, t, p, v, s? }\`: key, data (\`null\` removes the key), time of the fact, position \`[partition, offset]\`, version, 1 when simulated.

## Recovery

A hydrate says per channel what became of the client's cursor: ${outcomes.map(code).join(', ')}. \`heads\` are positions at or below which nothing more is
needed. The client keeps the higher of its own and these, and lowers a position only on \`reset\`.

## Limits

A message has at most ${protocolLimits.messageBytes} bytes, a cursor ${protocolLimits.cursorBytes}, a client wants at most ${protocolLimits.rooms} rooms, a part of a hydrate has about ${protocolLimits.hydratePartBytes} bytes. The
other limits are settings of the BFF: [configuration.md](configuration.md).
`
