import type { Entry } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { createFluxClient } from './client.ts'
import { createNotifier } from './notify.ts'
import { createFakeServer, type FakeSocket, settled } from './testing/fake-socket.ts'
import { createManualClock } from './testing/manual-clock.ts'

const room = 'crypto.global'

const session = (fields: object = {}) => ({
  userId: 'a'.repeat(22),
  userType: 'guest',
  token: 'token-1',
  replica: 'bff-1',
  epoch: 'e1',
  now: 1_700_000_000_000,
  ...fields,
})

const entry = (offset: number, fields: Partial<Entry> = {}): Entry => ({
  k: 'BTC-USD',
  d: { price: offset },
  t: 1_700_000_000_000,
  p: [0, offset],
  v: offset,
  ...fields,
})

const hydrate = (entries: Entry[], fields: object = {}) => ({
  room,
  epoch: 'e1',
  channels: { 'crypto.ticker': { outcome: 'snapshot', entries } },
  heads: { 'crypto.ticker': { '0': entries.at(-1)?.p[1] ?? -1 } },
  part: 0,
  last: true,
  ...fields,
})

const createParts = (stored: string | null = null) => {
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
const createLive = async () => {
  const parts = createParts()
  parts.client.want(room)
  parts.client.connect()
  await parts.begin()
  parts.server.socket().tell('hydrate', hydrate([entry(1)]))
  return parts
}

describe('client', () => {
  it('goes from connecting over session to live, and reads what the hydrate brought', async () => {
    const { client, server, begin } = createParts()
    client.want(room)
    client.connect()
    expect(client.status()).toMatchObject({ phase: 'connecting', attempt: 0 })
    await begin()
    expect(client.status()).toMatchObject({ phase: 'session', replica: 'bff-1', epoch: 'e1' })
    expect(client.room(room)).toBe('waiting')
    server.socket().tell('hydrate', hydrate([entry(1)]))
    expect(client.status().phase).toBe('live')
    expect(client.room(room)).toBe('live')
    expect(client.read('crypto.ticker', 'BTC-USD')?.value.price).toBe(1)
    expect(client.keys('crypto.ticker')).toEqual(['BTC-USD'])
  })

  it('is live at once when nothing is wanted', async () => {
    const { client, begin, server } = createParts()
    client.connect()
    await begin()
    expect(client.status().phase).toBe('live')
    expect(server.socket().sent).toEqual([])
  })

  it('comes back with its cursor and says what was recovered', async () => {
    const { client, server, clock, begin } = await createLive()
    server.socket().tell('crypto.ticker', entry(4))
    server.socket().tell('disconnect', 'transport close')
    expect(client.status()).toMatchObject({
      phase: 'offline',
      attempt: 1,
      retryAt: clock.now() + 500,
    })
    expect(client.read('crypto.ticker', 'BTC-USD')?.value.price).toBe(4)
    clock.advance(500)
    expect(server.sockets).toHaveLength(2)
    await begin({ replica: 'bff-2' })
    expect(client.status().phase).toBe('recovering')
    expect(server.socket().sent[0]?.payload).toEqual({
      rooms: [room],
      rev: 2,
      epoch: 'e1',
      cursor: { [room]: { 'crypto.ticker': { '0': 4 } } },
    })
    const channels = { 'crypto.ticker': { outcome: 'recovered', entries: [entry(6)] } }
    server.socket().tell('hydrate', hydrate([entry(6)], { channels }))
    expect(client.status()).toMatchObject({
      phase: 'live',
      attempt: 0,
      lastResume: { outcome: 'recovered', caughtUp: 1, channels: { 'crypto.ticker': 'recovered' } },
    })
  })

  it('comes back by itself when the server has ended the connection', async () => {
    const { server, clock } = await createLive()
    server.socket().tell('disconnect', 'io server disconnect')
    clock.advance(500)
    expect(server.sockets).toHaveLength(2)
  })

  it('tries for ever with growing delays, and begins with a short one after a good connection', async () => {
    const { client, server, clock, begin } = createParts()
    client.connect()
    const waits: number[] = []
    for (let i = 0; i < 6; i += 1) {
      server.socket().tell('connect_error', new Error('refused'))
      waits.push((client.status().retryAt ?? 0) - clock.now())
      clock.advance(waits.at(-1) ?? 0)
    }
    expect(waits).toEqual([500, 1_000, 2_000, 3_333, 3_333, 3_333])
    await begin()
    clock.advance(5_000)
    server.socket().tell('disconnect', 'transport close')
    expect(client.status()).toMatchObject({ attempt: 1, retryAt: clock.now() + 500 })
  })

  it('gives up an attempt in which the server never says its first word', () => {
    const { client, server, clock } = createParts()
    client.connect()
    server.socket().tell('connect')
    clock.advance(10_000)
    expect(server.sockets[0]?.isClosed()).toBe(true)
    expect(client.status().phase).toBe('offline')
  })

  it('drops a token that is refused and connects once without one', () => {
    const { client, server, saved } = createParts('forged')
    const refusal = { data: { code: 'unauthorized', retryAsGuest: true } }
    client.connect()
    expect(server.socket().token).toBe('forged')
    server.socket().tell('connect_error', refusal)
    expect(saved).toEqual([null])
    expect(server.sockets).toHaveLength(2)
    expect(server.socket().token).toBeUndefined()
    server.socket().tell('connect_error', refusal)
    expect(server.sockets).toHaveLength(2)
    expect(client.status()).toMatchObject({ phase: 'offline', refusal: 'unauthorized' })
  })

  it('does not try as a guest again and again where a token cannot be dropped', () => {
    const server = createFakeServer()
    const client = createFluxClient({
      url: '',
      clock: createManualClock(),
      openSocket: server.open,
      tokens: { load: () => 'own', save: () => undefined },
    })
    client.connect()
    for (let i = 0; i < 3; i += 1) {
      server.socket().tell('connect_error', { data: { code: 'unauthorized', retryAsGuest: true } })
    }
    expect(server.sockets).toHaveLength(2)
  })

  it('keeps the token that the server signs and shows it again', async () => {
    const { client, server, clock, begin, saved } = createParts()
    client.connect()
    await begin()
    expect(saved).toEqual(['token-1'])
    server.socket().tell('disconnect')
    clock.advance(500)
    expect(server.socket().token).toBe('token-1')
    await begin({ token: null })
    expect(saved).toEqual(['token-1'])
  })

  it('waits as long as a refusal asks for', () => {
    const { client, server, clock } = createParts()
    client.connect()
    server.socket().tell('connect_error', { data: { code: 'busy', retryAfterMs: 20_000 } })
    clock.advance(19_999)
    expect(server.sockets).toHaveLength(1)
    clock.advance(2_501)
    expect(server.sockets).toHaveLength(2)
  })

  it('moves to another replica within the time that a draining one gives', async () => {
    const { client, server, clock, begin } = await createLive()
    server.socket().tell('server:draining', { afterMs: 1_000 })
    clock.advance(499)
    expect(server.sockets).toHaveLength(1)
    clock.advance(1)
    expect(server.sockets).toHaveLength(2)
    expect(server.sockets[0]?.isClosed()).toBe(true)
    expect(client.status().phase).toBe('recovering')
    expect(client.read('crypto.ticker', 'BTC-USD')).toBeDefined()
    await begin({ replica: 'bff-2' })
    server.socket().tell('hydrate', hydrate([entry(1)]))
    expect(client.status()).toMatchObject({ phase: 'live', replica: 'bff-2' })
  })

  it('moves only once when the draining replica ends the connection first', async () => {
    const { server, clock } = await createLive()
    server.socket().tell('server:draining', { afterMs: 4_000 })
    server.socket().tell('disconnect', 'transport close')
    clock.advance(500)
    expect(server.sockets).toHaveLength(2)
    clock.advance(4_000)
    expect(server.sockets).toHaveLength(2)
  })

  it('shows a reset when the log was exchanged for another while it was connected', async () => {
    const { client, server } = await createLive()
    server.socket().tell('crypto.ticker', entry(9))
    server.socket().tell('hydrate', hydrate([entry(0)], { epoch: 'e2' }))
    expect(client.status()).toMatchObject({
      phase: 'live',
      epoch: 'e2',
      lastResume: { outcome: 'reset' },
    })
    expect(client.read('crypto.ticker', 'BTC-USD')?.value.price).toBe(0)
  })

  it('closes for good, keeps what it has and leaves no timer behind', async () => {
    const { client, server, clock } = await createLive()
    client.want('stock.global')()
    client.close()
    expect(server.socket().isClosed()).toBe(true)
    expect(client.status().phase).toBe('offline')
    expect(client.read('crypto.ticker', 'BTC-USD')).toBeDefined()
    expect(clock.pending()).toBe(0)
    client.connect()
    expect(server.sockets).toHaveLength(2)
  })

  it('ends a connection on which a room waits for ever', async () => {
    const { client, clock, begin } = createParts()
    client.want(room)
    client.connect()
    await begin()
    clock.advance(92_001)
    expect(client.status().phase).toBe('offline')
  })

  it('survives anything that a server may say', async () => {
    const { client, server } = await createLive()
    const junk: unknown[] = [undefined, null, 7, 'x', [], {}, { k: 1 }, { ...entry(2), p: [0] }]
    const events = ['crypto.ticker', 'hydrate', 'now', 'server:draining', 'notice', 'session:init']
    for (const event of events) for (const one of junk) server.socket().tell(event, one)
    expect(client.counters().malformed).toBe(events.length * junk.length)
    expect(client.read('crypto.ticker', 'BTC-USD')?.value.price).toBe(1)
  })
})

describe('rooms', () => {
  it('are asked for together, counted, and left a while after nobody wants them', async () => {
    const { client, server, clock, confirm } = await createLive()
    const first = client.want('stock.global')
    const second = client.want('stock.global')
    client.want('news.global')
    clock.advance(0)
    const { sent } = server.socket()
    expect(sent[1]?.payload).toEqual({ rooms: ['news.global', 'stock.global', room], rev: 2 })
    await confirm()
    first()
    first()
    clock.advance(10_000)
    expect(sent).toHaveLength(2)
    second()
    clock.advance(4_999)
    client.want('stock.global')()
    clock.advance(4_999)
    expect(sent).toHaveLength(2)
    clock.advance(2)
    expect(sent[2]?.payload).toMatchObject({ rooms: ['news.global', room], rev: 3 })
  })

  it('are asked for one message after another', async () => {
    const { client, server, clock, confirm } = await createLive()
    client.want('stock.global')
    clock.advance(0)
    client.want('news.global')
    clock.advance(1_000)
    const { sent } = server.socket()
    expect(sent).toHaveLength(2)
    await confirm()
    clock.advance(0)
    expect(sent[2]?.payload).toMatchObject({ rooms: ['news.global', 'stock.global', room] })
  })

  it('are asked for again when the server is busy or does not answer', async () => {
    const { client, server, clock } = createParts()
    client.want(room)
    client.connect()
    server.socket().tell('session:init', session())
    const { sent } = server.socket()
    await sent[0]?.answer({ ok: false, code: 'rate_limited', message: 'Slow', retryAfterMs: 4_000 })
    clock.advance(3_999)
    expect(sent).toHaveLength(1)
    clock.advance(501)
    expect(sent).toHaveLength(2)
    await sent[1]?.fail()
    clock.advance(1_125)
    expect(sent).toHaveLength(3)
    expect(sent[2]?.payload).toMatchObject({ rev: 3 })
  })

  it('are refused one by one or with their message, and do not keep the others from being live', async () => {
    const { client, server, clock } = createParts()
    client.want(room)
    client.want('weather.oslo-no')
    client.connect()
    server.socket().tell('session:init', session())
    const { sent } = server.socket()
    await sent[0]?.answer({ ok: true, rev: 1, rooms: [room] })
    server.socket().tell('hydrate', hydrate([entry(1)]))
    expect(client.room('weather.oslo-no')).toBe('refused')
    expect(client.status().phase).toBe('live')
    client.want('stock.global')
    clock.advance(0)
    await sent[1]?.answer({ ok: false, code: 'bad_request', message: 'No' })
    expect(client.room('stock.global')).toBe('refused')
    expect(client.room(room)).toBe('live')
  })

  it('that no contract can produce are never sent', async () => {
    const { client, server, clock } = await createLive()
    client.want('user.aaaaaaaaaaaaaaaaaaaaaa')
    client.want('nonsense')
    clock.advance(1_000)
    expect(server.socket().sent).toHaveLength(1)
  })

  it('beyond the limit of the protocol give way to those wanted last', async () => {
    const { client, server, begin } = createParts()
    for (let i = 0; i < 40; i += 1) client.want(`crypto.A${i}-USD`)
    client.connect()
    await begin()
    const payload = server.socket().sent[0]?.payload
    expect(payload).toMatchObject({ rooms: { length: 32, 0: 'crypto.A39-USD' } })
  })
})

describe('listeners', () => {
  it('are told once per flush, each of its own, and read what is stable', async () => {
    const { client, server } = await createLive()
    const told: string[] = []
    client.onKey('crypto.ticker', 'BTC-USD', () => told.push('btc'))
    client.onKey('crypto.ticker', 'ETH-USD', () => told.push('eth'))
    const stop = client.onKeys('crypto.ticker', () => told.push('keys'))
    const before = client.read('crypto.ticker', 'BTC-USD')
    server.socket().tell('crypto.ticker', entry(2))
    server.socket().tell('crypto.ticker', entry(3))
    expect(told).toEqual([])
    await settled()
    expect(told).toEqual(['btc'])
    const now = client.read('crypto.ticker', 'BTC-USD')
    expect(now).not.toBe(before)
    expect(client.read('crypto.ticker', 'BTC-USD')).toBe(now)
    expect(client.keys('crypto.ticker')).toBe(client.keys('crypto.ticker'))
    server.socket().tell('crypto.ticker', entry(4, { k: 'ETH-USD' }))
    await settled()
    expect(told.sort()).toEqual(['btc', 'eth', 'keys'])
    stop()
    server.socket().tell('crypto.ticker', entry(5, { k: 'SOL-USD' }))
    await settled()
    expect(told).toHaveLength(3)
  })

  it('hear of any number of changes with one flush, and none keeps another from hearing', () => {
    const flushes: (() => void)[] = []
    const notifier = createNotifier((flush) => flushes.push(flush))
    const told: string[] = []
    notifier.on('a', () => {
      throw new Error('A bug of the listener')
    })
    notifier.on('a', () => told.push('a'))
    notifier.on('b', () => told.push('b'))
    for (const one of ['a', 'b', 'a', 'nobody']) notifier.changed(one)
    expect(flushes).toHaveLength(1)
    expect(() => flushes[0]?.()).toThrow(AggregateError)
    expect(told).toEqual(['a', 'b'])
  })

  it('of records are told at once, of accepted ones alone, in order', async () => {
    const { client, server } = await createLive()
    const told: unknown[] = []
    client.onRecord((channel, record, how) => told.push([channel, record.p[1], how]))
    for (const offset of [2, 2, 1, 3]) server.socket().tell('crypto.ticker', entry(offset))
    expect(told).toEqual([
      ['crypto.ticker', 2, 'live'],
      ['crypto.ticker', 3, 'live'],
    ])
    expect(client.counters()).toMatchObject({ accepted: 3, duplicateDropped: 2 })
  })

  it('of a room are told when it begins and ceases to be current', async () => {
    const { client, server } = await createLive()
    const told: string[] = []
    client.onRoom(room, () => told.push(client.room(room)))
    server.socket().tell('disconnect')
    await settled()
    expect(told).toEqual(['waiting'])
  })
})

describe('history', () => {
  const trade = (version: number) => entry(version, { k: 'BTC-USD' })
  const trades = 'crypto.trades'

  const createTrades = async () => {
    const parts = createParts()
    parts.client.want('crypto.BTC-USD')
    parts.client.connect()
    await parts.begin()
    parts.server.socket().tell('hydrate', {
      room: 'crypto.BTC-USD',
      epoch: 'e1',
      channels: { [trades]: { outcome: 'snapshot', entries: [trade(10)] } },
      heads: { [trades]: { '0': 10 } },
      part: 0,
      last: true,
    })
    return parts
  }
  const versions = (held: readonly { readonly version: number }[]) => held.map((one) => one.version)

  it('is put behind what came live, and a record that is on its way still counts as live', async () => {
    const { client, server } = await createTrades()
    const told: number[] = []
    client.onRecord((_, record) => told.push(record.v))
    const asked = client.history(trades, 'BTC-USD')
    await server
      .socket()
      .sent.at(-1)
      ?.answer({ ok: true, epoch: 'e1', entries: [8, 9, 10, 11].map(trade), heads: { '0': 11 } })
    expect(versions(await asked)).toEqual([8, 9, 10, 11])
    expect(versions(client.records(trades, 'BTC-USD'))).toEqual([8, 9, 10])
    server.socket().tell(trades, trade(11))
    expect(versions(client.records(trades, 'BTC-USD'))).toEqual([8, 9, 10, 11])
    expect(told).toEqual([11])
  })

  it('fails with a code that says whether to ask again', async () => {
    const { client, server } = await createTrades()
    const refused = client.history(trades, 'BTC-USD')
    const sent = server.socket().sent.at(-1)
    await Promise.all([
      expect(refused).rejects.toMatchObject({ code: 'busy', retryable: true, retryAfterMs: 50 }),
      sent?.answer({ ok: false, code: 'busy', message: 'Later', retryAfterMs: 50 }),
    ])
    const junk = client.history(trades, 'BTC-USD')
    await Promise.all([
      expect(junk).rejects.toMatchObject({ code: 'malformed', retryable: false }),
      server.socket().sent.at(-1)?.answer({ ok: true }),
    ])
    server.socket().tell('disconnect')
    await expect(client.history(trades, 'BTC-USD')).rejects.toMatchObject({ code: 'offline' })
  })
})
