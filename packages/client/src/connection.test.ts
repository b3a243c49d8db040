import { describe, expect, it } from 'vitest'
import { createFluxClient } from './client.ts'
import { createFakeServer } from './testing/fake-socket.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createLive, createParts, entry, hydrate, room } from './testing/parts.ts'

describe('client', () => {
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

  it('ends a connection on which a room waits for ever', async () => {
    const { client, clock, begin } = createParts()
    client.want(room)
    client.connect()
    await begin()
    clock.advance(92_001)
    expect(client.status().phase).toBe('offline')
  })
})
