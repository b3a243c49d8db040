import { describe, expect, it } from 'vitest'
import { createFluxClient } from './client.ts'
import { createFakeServer } from './testing/fake-socket.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { session } from './testing/parts.ts'

const place = (id: string) => ({
  ...{ id, name: id, country: 'NO', latitude: 60, longitude: 11, zone: 'Europe/Oslo' },
})
const oslo = { field: 'home', value: place('oslo-no'), ver: 5 }
const room = 'weather.oslo-no'
const filled = (name: string) => ({
  ...{ room: name, epoch: 'e1', channels: {}, heads: {}, part: 0, last: true },
})

/** A client whose browser holds `saved` of an earlier visit. */
const start = (saved: string | null = null) => {
  const clock = createManualClock()
  const server = createFakeServer()
  const store = { text: saved }
  const client = createFluxClient({
    ...{ url: '', clock, random: () => 0, openSocket: server.open },
    userStore: {
      load: () => store.text,
      save: (text) => {
        store.text = text
      },
    },
  })
  client.connect()
  const tell = (event: string, payload: unknown) => server.socket().tell(event, payload)
  const begin = () => tell('session:init', session({ now: clock.now() }))
  const sent = () => server.socket().sent.map(({ event, payload }) => ({ event, ...payload }))
  return { clock, server, store, client, tell, begin, sent }
}

describe('the home of a user', () => {
  it('is wanted by itself as soon as the server says so, also from another tab', () => {
    const { client, tell, begin } = start()
    begin()
    expect(client.home()).toBeUndefined()
    tell('user:state', oslo)
    expect(client.home()).toEqual({ place: place('oslo-no'), room })
    expect(client.home()).toBe(client.home())
    expect(client.room(room)).toBe('waiting')
    tell('hydrate', filled(room))
    expect(client.room(room)).toBe('live')
    tell('user:state', { ...oslo, value: place('bergen-no'), ver: 6 })
    expect(client.home()?.room).toBe('weather.bergen-no')
    expect(client.room(room)).toBe('waiting')
    tell('user:state', oslo)
    expect(client.home()?.room).toBe('weather.bergen-no')
  })

  it('is told again after a reconnect, and the client is live when its room is there', async () => {
    const { client, clock, server, tell, begin, sent } = start()
    begin()
    tell('user:state', oslo)
    tell('hydrate', filled(room))
    tell('disconnect', 'transport close')
    clock.advance(500)
    begin()
    expect(client.status().phase).toBe('recovering')
    expect(sent()).toEqual([{ event: 'user:update', field: 'home', value: 'oslo-no', ver: 5 }])
    await server.socket().sent[0]?.answer({ ok: true })
    tell('hydrate', filled(room))
    expect(client.status()).toMatchObject({ phase: 'live', lastResume: { outcome: 'recovered' } })
  })

  it('stays joined for who wants its room beside, and is not left with it', async () => {
    const { client, clock, server, tell, begin } = start()
    begin()
    tell('user:state', oslo)
    tell('hydrate', filled(room))
    const release = client.want(room)
    clock.advance(0)
    await server.socket().sent[0]?.answer({ ok: true, rev: 1, rooms: [room] })
    release()
    clock.advance(5_001)
    await server.socket().sent[1]?.answer({ ok: true, rev: 2, rooms: [] })
    expect(client.room(room)).toBe('live')
  })

  it('is set by what the server understood, or there are suggestions', async () => {
    const { client, server, begin, tell } = start()
    await expect(client.setLocation({ city: 'Oslo' })).rejects.toMatchObject({ code: 'offline' })
    begin()
    const answerNext = (ack: unknown) => server.socket().sent.at(-1)?.answer(ack)
    const known = client.setLocation({ city: 'Oslo' })
    expect(server.socket().sent[0]).toMatchObject({
      event: 'userLocationUpdate',
      payload: { city: 'Oslo' },
    })
    await answerNext({ ok: true, place: place('oslo-no'), room })
    expect(await known).toEqual({ place: place('oslo-no'), room })
    const unknown = client.setLocation({ city: 'Osol' })
    const suggestions = [{ id: 'oslo-no', name: 'Oslo', country: 'NO', region: null }]
    await answerNext({ ok: false, code: 'unknown_place', message: 'No', suggestions })
    expect(await unknown).toEqual({ suggestions })
    const busy = client.setLocation({ lat: 1, lon: 2 })
    await Promise.all([
      expect(busy).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 9 }),
      answerNext({ ok: false, code: 'rate_limited', message: 'Slow', retryAfterMs: 9 }),
    ])
    const junk = client.setLocation({ lat: 1, lon: 2 })
    await Promise.all([
      expect(junk).rejects.toMatchObject({ code: 'malformed' }),
      answerNext({ ok: true, place: 5 }),
    ])
    tell('disconnect', 'transport close')
    expect(client.home()).toBeUndefined()
  })
})

describe('what a user keeps', () => {
  it('is set here at once, sent when there is a session, and kept by the browser', () => {
    const { client, clock, store, begin, sent } = start()
    let told = 0
    client.onUser('units', () => {
      told += 1
    })
    client.setUser('units', 'imperial')
    expect(client.user('units')).toBe('imperial')
    const ver = clock.now()
    begin()
    expect(sent()).toEqual([{ event: 'user:update', field: 'units', value: 'imperial', ver }])
    const again = start(store.text)
    expect(again.client.user('units')).toBe('imperial')
    again.begin()
    expect(again.sent()).toMatchObject([{ field: 'units', ver }])
    expect(start('no json').client.user('units')).toBeUndefined()
    expect(start('[{"field":"units","value":7,"ver":1},5]').client.user('units')).toBeUndefined()
    return Promise.resolve().then(() => expect(told).toBe(1))
  })

  it('is sent one message after another, the newest value only', async () => {
    const { client, server, begin, sent } = start()
    begin()
    client.setUser('watchlist', ['AAPL'])
    client.setUser('watchlist', ['AAPL', 'MSFT'])
    client.setUser('watchlist', ['MSFT'])
    expect(sent()).toMatchObject([{ value: ['AAPL'] }])
    await server.socket().sent[0]?.answer({ ok: true })
    expect(sent().slice(1)).toMatchObject([{ value: ['MSFT'] }])
    await server.socket().sent[1]?.answer({ ok: true })
    expect(sent()).toHaveLength(2)
  })

  it('is sent again when the server asks to wait, unless another tab was faster', async () => {
    const { client, server, clock, tell, begin, sent } = start()
    begin()
    client.setUser('units', 'imperial')
    const limited = { ok: false, code: 'rate_limited', message: 'Slow', retryAfterMs: 2_000 }
    await server.socket().sent[0]?.answer(limited)
    clock.advance(1_999)
    expect(sent()).toHaveLength(1)
    clock.advance(1)
    expect(sent()).toHaveLength(2)
    await server.socket().sent[1]?.fail()
    tell('user:state', { field: 'units', value: 'metric', ver: clock.now() + 9 })
    clock.advance(5_000)
    expect(sent()).toHaveLength(2)
    expect(client.user('units')).toBe('metric')
    client.setUser('units', 'imperial')
    expect(client.user('units')).toBe('imperial')
    expect(sent()).toHaveLength(3)
  })

  it('goes back to what it was when the server does not take it', async () => {
    const { client, server, tell, begin, sent } = start()
    begin()
    client.setUser('places', ['oslo-no'])
    const refused = { ok: false, code: 'bad_request', message: 'No' }
    await server.socket().sent[0]?.answer(refused)
    expect(client.user('places')).toBeUndefined()
    tell('user:state', oslo)
    client.setUser('home', place('nowhere-xx'))
    await server.socket().sent[1]?.answer({ ...refused, code: 'unknown_place' })
    expect(client.home()?.room).toBe(room)
    expect(sent().at(-1)).toMatchObject({ field: 'home', value: 'oslo-no' })
  })

  it('takes only values of the field', () => {
    const { client } = start()
    expect(() => client.setUser('watchlist', ['lower case'])).toThrow('no value of watchlist')
    expect(() => client.setUser('places', Array(51).fill('oslo-no'))).toThrow()
    client.setUser('home', null)
    expect(client.user('home')).toBeNull()
    expect(client.home()).toBeUndefined()
  })

  it('leaves no timer behind', async () => {
    const { client, server, clock, begin } = start()
    begin()
    client.setUser('units', 'metric')
    await server.socket().sent[0]?.fail()
    client.close()
    expect(clock.pending()).toBe(0)
  })
})

describe('presence', () => {
  it('is known of the rooms that the client is in', async () => {
    const { client, tell, begin } = start()
    begin()
    tell('user:state', oslo)
    let told = 0
    client.onRoom(room, () => {
      told += 1
    })
    tell('presence', { room, count: 3 })
    tell('presence', { room: 'crypto.global', count: 9 })
    tell('presence', { room, count: -1 })
    await Promise.resolve()
    expect([client.presence(room), told]).toEqual([3, 1])
    expect(client.presence('crypto.global')).toBeUndefined()
  })
})
