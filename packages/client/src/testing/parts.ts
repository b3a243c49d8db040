import type { Entry } from '@flux/contracts'
import { createFluxClient } from '../client.ts'
import { createFakeServer, type FakeSocket } from './fake-socket.ts'
import { createManualClock } from './manual-clock.ts'

/** The room of the tickers. */
export const room = 'crypto.global'

/** What a server says first. */
export const session = (fields: object = {}) => ({
  userId: 'a'.repeat(22),
  userType: 'guest',
  token: 'token-1',
  replica: 'bff-1',
  epoch: 'e1',
  now: 1_700_000_000_000,
  ...fields,
})

/** A ticker at an offset of partition 0, which is its price and version too. */
export const entry = (offset: number, fields: Partial<Entry> = {}): Entry => ({
  k: 'BTC-USD',
  d: { price: offset },
  t: 1_700_000_000_000,
  p: [0, offset],
  v: offset,
  ...fields,
})

/** The room's whole content in one part, up to its last entry. */
export const hydrate = (entries: Entry[], fields: object = {}) => ({
  room,
  epoch: 'e1',
  channels: { 'crypto.ticker': { outcome: 'snapshot', entries } },
  heads: { 'crypto.ticker': { '0': entries.at(-1)?.p[1] ?? -1 } },
  part: 0,
  last: true,
  ...fields,
})

/** A client, and the server and the clock that a test moves. `stored` is the token of an earlier visit. */
export const createParts = (stored: string | null = null) => {
  const clock = createManualClock()
  const server = createFakeServer()
  const saved: (string | null)[] = []
  let token = stored
  const client = createFluxClient({
    url: 'http://flux.test',
    clock,
    random: () => 0.5,
    openSocket: server.open,
    tokens: {
      load: () => token,
      save(next) {
        token = next
        saved.push(next)
      },
    },
  })
  /** A session, with everything that is asked for confirmed. */
  const begin = async (fields: object = {}) => {
    server.socket().tell('session:init', session(fields))
    await confirm()
  }
  const confirm = async (socket: FakeSocket = server.socket()) => {
    const asked = socket.sent.at(-1)
    await asked?.answer({ ok: true, rev: 1, ...asked.payload })
  }
  return { clock, server, client, saved, begin, confirm }
}

/** A client that is live in the ticker's room. */
export const createLive = async () => {
  const parts = createParts()
  parts.client.want(room)
  parts.client.connect()
  await parts.begin()
  parts.server.socket().tell('hydrate', hydrate([entry(1)]))
  return parts
}
