import { clientEvent } from '@flux/contracts'
import type { Bus } from '@flux/runtime'
import { eventually, openChecker } from '@flux/testkit'
import fc from 'fast-check'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createTopics, openBus, type Replica, startReplica } from './harness.ts'

const events = [...Object.values(clientEvent), 'no-such-event', 'session:init']

describe('a hostile client', () => {
  let bus: Bus
  let replica: Replica
  let strict: Replica
  const rejections: unknown[] = []
  const note = (reason: unknown) => rejections.push(reason)

  const connect = async (target: Replica, options: object = {}): Promise<Socket> => {
    const socket = io(target.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...options,
    })
    await new Promise<void>((resolve) => {
      socket.once('connect', resolve)
      socket.once('connect_error', () => resolve())
    })
    return socket
  }
  /** The answer, or `closed` where the server closed the socket instead. */
  const send = (socket: Socket, event: string, ...args: unknown[]): Promise<unknown> =>
    new Promise((resolve) => {
      socket.once('disconnect', () => resolve('closed'))
      socket.emit(event, ...args, resolve)
    })

  beforeAll(async () => {
    process.on('unhandledRejection', note)
    bus = openBus(inject('kafkaBrokers'))
    await createTopics(bus)
    const brokers = inject('kafkaBrokers')
    const wide = { EVENT_BURST: '10000', EVENTS_PER_SECOND: '10000' }
    replica = await startReplica({ brokers, env: wide })
    strict = await startReplica({ brokers, env: { MAX_CONNECTIONS_PER_ADDRESS: '3' } })
    await eventually(
      'ready',
      () => replica.ready().state === 'ready' && strict.ready().state === 'ready',
    )
  })

  afterAll(async () => {
    process.off('unhandledRejection', note)
    await Promise.all([replica?.end(), strict?.end()])
    await bus?.close()
  })

  it('gets an answer to any JSON as any event, and nothing breaks', async () => {
    let socket = await connect(replica)
    const message = fc.tuple(fc.constantFrom(...events), fc.array(fc.jsonValue(), { maxLength: 3 }))
    await fc.assert(
      fc.asyncProperty(message, async ([event, args]) => {
        if (!socket.connected) socket = await connect(replica)
        const answer = await send(socket, event, ...args)
        const refused = { ok: false, code: 'bad_request', message: expect.any(String) }
        const isNothing = event === clientEvent.subscribe || event === clientEvent.rum
        const isTaken =
          isNothing && typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok
        if (!isTaken)
          expect([answer, 'closed']).toContainEqual(answer === 'closed' ? 'closed' : refused)
      }),
      { numRuns: 1_000 },
    )
    socket.close()
    expect(rejections).toEqual([])
  })

  it('gets an answer to well-formed messages with wrong contents', async () => {
    const socket = await connect(replica)
    const wrong = [
      { rooms: ['crypto.global'], rev: -1 },
      { rooms: Array.from({ length: 33 }, (_, i) => `weather.place-${i}`), rev: 1 },
      {
        rooms: ['crypto.global'],
        cursor: { 'crypto.global': { 'crypto.ticker': { x: 1 } } },
        rev: 1,
      },
    ]
    for (const message of wrong)
      expect(await send(socket, clientEvent.subscribe, message)).toMatchObject({
        code: 'bad_request',
      })
    const others = ['user.AAAAAAAAAAAAAAAAAAAAAA', '__proto__', 'platform.secret']
    expect(await send(socket, clientEvent.subscribe, { rooms: others, rev: 1 })).toEqual({
      ok: true,
      rev: 1,
      rooms: [],
      refused: others,
    })
    const rooms = ['crypto.global', 'crypto.global']
    const cursor = { 'crypto.global': { nonsense: { 0: 5 }, 'crypto.ticker': { 99: 5 } } }
    expect(await send(socket, clientEvent.subscribe, { rooms, cursor, rev: 2 })).toMatchObject({
      ok: true,
    })
    socket.close()
    expect(rejections).toEqual([])
  })

  it('gets an answer to anything that looks like a location or a field of a user', async () => {
    const open = () => connect(replica)
    let socket = await open()
    const text = fc.oneof(
      fc.string({ maxLength: 120 }),
      fc.constantFrom('oslo-no', 'Oslo', 'paris'),
    )
    const any = fc.oneof(text, fc.jsonValue())
    const field = fc.constantFrom('units', 'watchlist', 'places', 'home', '__proto__')
    const value = fc.oneof(fc.constantFrom('metric', null), fc.array(text, { maxLength: 3 }), any)
    const ver = fc.oneof(fc.integer(), fc.double(), fc.constant(1), any)
    const location = fc.oneof(
      fc.record({ placeId: any }),
      fc.record({ city: any, country: any }, { requiredKeys: ['city'] }),
      fc.record({ lat: fc.oneof(fc.double(), any), lon: fc.oneof(fc.double(), any) }),
    )
    const message = fc.oneof(
      location.map((body) => [clientEvent.location, body] as const),
      fc.record({ field, value, ver }).map((body) => [clientEvent.userUpdate, body] as const),
    )
    const codes = ['bad_request', 'unknown_place', 'rate_limited']
    await fc.assert(
      fc.asyncProperty(message, async ([event, body]) => {
        if (!socket.connected) socket = await open()
        const answer = await send(socket, event, body)
        if (answer === 'closed') return
        const { ok, code = '' } = answer as { ok: boolean; code?: string }
        expect(ok || codes.includes(code), JSON.stringify(answer)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
    socket.close()
    expect(rejections).toEqual([])
  })

  it('cannot freeze a field with a version of the far future', async () => {
    const socket = await connect(replica)
    const update = { field: 'units', value: 'metric', ver: Number.MAX_SAFE_INTEGER }
    expect(await send(socket, clientEvent.userUpdate, update)).toMatchObject({
      code: 'bad_request',
    })
    expect(await send(socket, clientEvent.userUpdate, { ...update, ver: Date.now() })).toEqual({
      ok: true,
    })
    socket.close()
  })

  it('may send raw bytes of any kind: its connection is closed, the others go on', async () => {
    const good = openChecker(replica.url, ['crypto.global'])
    await eventually('live', () => good.client.room('crypto.global') === 'live')
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.uint8Array({ maxLength: 20_000 })),
        async (bytes) => {
          const socket = new WebSocket(
            `${replica.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
          )
          await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
          socket.send(typeof bytes === 'string' ? bytes : Uint8Array.from(bytes))
          socket.send('40{"token":5}')
          socket.send('42["subscribe"')
          socket.send('451-["subscribe",{"_placeholder":true,"num":0}]')
          socket.close()
        },
      ),
      { numRuns: 200 },
    )
    expect(good.client.status().phase).toBe('live')
    good.close()
    expect(rejections).toEqual([])
  })

  it('is told to slow down, and closed when it does not', async () => {
    const socket = await connect(strict)
    const answers: unknown[] = []
    for (let i = 0; i < 25; i += 1)
      answers.push(await send(socket, clientEvent.rum, { samples: [] }))
    expect(answers.slice(0, 20)).toEqual(Array(20).fill({ ok: true }))
    expect(answers.at(-1)).toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) })
    await eventually('the server to close it', async () => {
      await Promise.race([
        send(socket, clientEvent.rum, { samples: [] }),
        new Promise((r) => setTimeout(r, 50)),
      ])
      return !socket.connected
    })
  })

  it('does not get more connections than its address may have', async () => {
    const sockets = await Promise.all(Array.from({ length: 5 }, () => connect(strict)))
    expect(sockets.filter((s) => s.connected).length).toBeLessThanOrEqual(3)
    for (const socket of sockets) socket.close()
    await eventually('all to be gone', () => strict.io.engine.clientsCount === 0)
    const again = await connect(strict)
    expect(again.connected).toBe(true)
    again.close()
  })

  it('is refused from a foreign page, and with a forged token', async () => {
    const foreign = await connect(replica, { extraHeaders: { origin: 'https://evil.example' } })
    expect(foreign.connected).toBe(false)
    const forged = io(replica.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { token: 'eyJhbGciOiJIUzI1NiIsImtpZCI6InRlc3QifQ.e30.AAAA' },
    })
    const error = await new Promise<unknown>((resolve) => forged.once('connect_error', resolve))
    expect(error).toMatchObject({ data: { code: 'unauthorized', retryAsGuest: true } })
    forged.close()
  })

  it('keeps its guest over connections, and over replicas with the same keys', async () => {
    let saved: string | null = null
    const tokens = {
      load: () => saved,
      save: (token: string | null) => {
        saved = token
      },
    }
    const { createFluxClient } = await import('@flux/client')
    const ids: (string | undefined)[] = []
    for (const url of [replica.url, strict.url]) {
      const client = createFluxClient({ url, tokens })
      client.connect()
      await eventually('a session', () => client.status().userId !== undefined)
      ids.push(client.status().userId)
      client.close()
    }
    expect(ids[0]).toBe(ids[1])
  })
})

describe('the public HTTP', () => {
  it('is covered by its own replica', async () => {
    const bus = openBus(inject('kafkaBrokers'))
    await createTopics(bus)
    const replica = await startReplica({ brokers: inject('kafkaBrokers') })
    const list = await fetch(`${replica.url}/api/v1/channels`)
    const { channels } = (await list.json()) as { channels: { name: string }[] }
    expect(channels.map((c) => c.name)).toContain('crypto.ticker')
    const newest = await fetch(`${replica.url}/api/v1/channels/crypto.ticker`)
    const etag = newest.headers.get('etag') ?? ''
    const again = await fetch(newest.url, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
    for (const path of ['/api/v1/channels/nope', '/', '/../etc/passwd', '/%ff'])
      expect((await fetch(`${replica.url}${path}`)).status, path).toBeGreaterThanOrEqual(400)
    await replica.end()
    await bus.close()
  })
})
