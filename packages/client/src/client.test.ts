import { describe, expect, it } from 'vitest'
import { createLive, createParts, entry, hydrate, room } from './testing/parts.ts'

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

  it('keeps the newest value when an older one arrives after it', async () => {
    const { client, server } = await createLive()
    const changes: (number | undefined)[] = []
    client.onKey('crypto.ticker', 'BTC-USD', () => {
      changes.push(client.read('crypto.ticker', 'BTC-USD')?.value.price)
    })
    server.socket().tell('crypto.ticker', entry(5))
    server.socket().tell('crypto.ticker', entry(3))
    server.socket().tell('crypto.ticker', entry(4, { p: [1, 900] }))
    expect(client.read('crypto.ticker', 'BTC-USD')?.value.price).toBe(5)
    server.socket().tell('crypto.ticker', entry(6, { p: [1, 901] }))
    expect(client.read('crypto.ticker', 'BTC-USD')?.value.price).toBe(6)
    expect(changes.every((price) => price === 5 || price === 6)).toBe(true)
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

  it('survives anything that a server may say', async () => {
    const { client, server } = await createLive()
    const junk: unknown[] = [undefined, null, 7, 'x', [], {}, { k: 1 }, { ...entry(2), p: [0] }]
    const told = ['notice', 'user:state', 'presence', 'session:init']
    const events = ['crypto.ticker', 'hydrate', 'now', 'server:draining', ...told]
    for (const event of events) for (const one of junk) server.socket().tell(event, one)
    expect(client.counters().malformed).toBe(events.length * junk.length)
    expect(client.read('crypto.ticker', 'BTC-USD')?.value.price).toBe(1)
  })
})
