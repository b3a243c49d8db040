import { createServer } from 'node:http'
import { adapterRoom, cryptoMovers, cryptoTicker, cryptoTrades } from '@flux/contracts'
import { createMetrics, systemClock } from '@flux/runtime'
import { eventually } from '@flux/testkit'
import { Server, type ServerOptions } from 'socket.io'
import { io as connectIo, type Socket } from 'socket.io-client'
import { afterEach, describe, expect, it } from 'vitest'
import { writeTexts } from '../src/fanout/edge.ts'
import { createFanout, type Fanout } from '../src/fanout/fanout.ts'
import { createFanoutMetrics } from '../src/fanout/metrics.ts'
import { eventPacket } from '../src/fanout/packet.ts'
import { createRecordTraces } from '../src/fanout/traces.ts'
import type { Stored } from '../src/state/decode.ts'

type Event = readonly [name: string, payload: { readonly k?: string; readonly d?: unknown }]

const room = 'crypto.global'

const entry = (key: string, offset: number, text = '', own = room): Stored => ({
  ...{ key, room: own, offset, version: offset, partition: 0, removed: false, sample: undefined },
  ...{ at: 0, producedAt: Date.now(), appendedAt: 0 },
  wire: JSON.stringify({ k: key, d: { offset, text }, t: 0, p: [0, offset], v: offset }),
})

describe('fan-out to real clients', () => {
  const closing: (() => unknown)[] = []
  const errors: unknown[] = []

  const serve = async (
    options: Partial<ServerOptions> = {},
    { isPacked = true }: { isPacked?: boolean } = {},
  ) => {
    const http = createServer()
    const io = new Server(http, { transports: ['websocket', 'polling'], ...options })
    const fanout = createFanout({
      traces: createRecordTraces({ past: () => undefined }, systemClock),
      ...{ io, clock: systemClock, tickMs: 1, isPacked },
      metrics: createFanoutMetrics(createMetrics()),
      slowBytes: 65_536,
      maxBacklog: { packets: 1_000, bytes: 4_000_000 },
      missedOf: () => undefined,
      hydrateOf: (own, channel, why) => {
        if (channel === cryptoMovers.name) throw new Error('a bug')
        return [JSON.stringify({ k: `${own} ${channel} ${why}` })]
      },
      onError: (error) => errors.push(error),
    })
    fanout.resume()
    await new Promise<void>((resolve) => http.listen(0, resolve))
    const address = http.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    closing.push(() => io.close(), fanout.close)
    return { io, fanout, url: `http://127.0.0.1:${port}` }
  }
  /** A client in the given rooms, with all that it was sent. */
  const join = async (
    { io, url }: { io: Server; url: string },
    {
      rooms = [room],
      transports = ['websocket'],
    }: { rooms?: string[]; transports?: string[] } = {},
  ) => {
    const events: Event[] = []
    const socket: Socket = connectIo(url, { transports, upgrade: false, forceNew: true })
    closing.push(() => socket.close())
    socket.onAny((name: string, payload: Event[1]) => events.push([name, payload]))
    await new Promise<void>((resolve) => socket.once('connect', resolve))
    const own = () => io.of('/').sockets.get(socket.id ?? '')
    for (const name of rooms) await own()?.join(adapterRoom(name))
    return { socket, events, own }
  }
  const trades = (fanout: Fanout, from: number, to: number, text = '') => {
    for (let i = from; i < to; i += 1) fanout.add(cryptoTrades, entry('BTC-USD', i, text))
  }
  const offsets = (events: readonly Event[]) =>
    events.map(([, { d }]) => (typeof d === 'object' && d && 'offset' in d ? d.offset : undefined))
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
    expect(errors).toEqual([])
  })

  it.each([
    ['WebSocket, packed', ['websocket'], {}, true],
    ['WebSocket, emitted one by one', ['websocket'], {}, false],
    ['polling', ['polling'], {}, true],
    ['WebSocket with compression', ['websocket'], { perMessageDeflate: { threshold: 0 } }, true],
  ] as const)(
    'brings every record as an event of its own, in order: %s',
    async (_, how, options, isPacked) => {
      const server = await serve(options, { isPacked })
      const { events } = await join(server, { transports: [...how] })
      trades(server.fanout, 0, 50)
      server.fanout.add(cryptoTicker, entry('ETH-USD', 50))
      await eventually('the first flush', () => events.length === 51)
      trades(server.fanout, 51, 60)
      await eventually('the second flush', () => events.length === 60)
      expect(offsets(events)).toEqual(range(0, 60))
      expect(events[50]?.[0]).toBe('crypto.ticker')
      expect(events[0]?.[0]).toBe('crypto.trades')
    },
  )

  it('brings a client that upgrades from polling everything in order', async () => {
    const server = await serve()
    const events: Event[] = []
    const socket = connectIo(server.url, { transports: ['polling', 'websocket'], forceNew: true })
    closing.push(() => socket.close())
    socket.onAny((name: string, payload: Event[1]) => events.push([name, payload]))
    server.io.on('connection', (own) => void own.join(room))
    await new Promise<void>((resolve) => socket.once('connect', resolve))
    let sent = 0
    await eventually('the upgrade', () => {
      trades(server.fanout, sent, sent + 5)
      sent += 5
      return socket.io.engine.transport.name === 'websocket'
    })
    trades(server.fanout, sent, sent + 5)
    await eventually('the last one', () => offsets(events).at(-1) === sent + 4)
    expect(offsets(events)).toEqual(range(0, sent + 5))
  })

  it('brings frames of every length, also over 64 KiB', async () => {
    const server = await serve()
    const { events } = await join(server)
    const lengths = [1, 30, 100, 200, 65_400, 65_500, 66_000, 200_000]
    lengths.forEach((length, offset) => {
      server.fanout.add(cryptoTrades, entry('BTC-USD', offset, '°'.repeat(length)))
    })
    await eventually('all', () => events.length === lengths.length)
    expect(events.map(([, { d }]) => d)).toEqual(
      lengths.map((length, offset) => ({ offset, text: '°'.repeat(length) })),
    )
  })

  it('keeps plain emits and packed frames in the order in which they were written', async () => {
    const server = await serve()
    const { events, own } = await join(server)
    for (let i = 0; i < 20; i += 1) {
      own()?.emit('before', { d: { offset: 2 * i } })
      trades(server.fanout, 2 * i + 1, 2 * i + 2)
      await eventually('both', () => events.length === 2 * i + 2)
    }
    expect(offsets(events)).toEqual(range(0, 40))
  })

  it('gives a client that joins between two flushes its hydrate first, then what is newer', async () => {
    const server = await serve()
    const { events, own } = await join(server, { rooms: [] })
    await join(server)
    trades(server.fanout, 0, 10)
    const socket = own()
    if (!socket) throw new Error('no socket')
    void socket.join(room)
    writeTexts(
      socket,
      [eventPacket('hydrate', JSON.stringify({ d: { offset: 9 } }))],
      () => undefined,
    )
    await eventually('the flush', () => events.length === 11)
    trades(server.fanout, 10, 12)
    await eventually('the next one', () => events.length === 13)
    expect(events[0]?.[0]).toBe('hydrate')
    expect(offsets(events)).toEqual([9, ...range(0, 12)])
  })

  it('sends each socket the rooms that it is in and no others', async () => {
    const server = await serve()
    const both = await join(server, { rooms: ['crypto.BTC-USD', 'crypto.ETH-USD'] })
    const one = await join(server, { rooms: ['crypto.ETH-USD'] })
    for (const [offset, key] of ['BTC-USD', 'ETH-USD', 'BTC-USD', 'SOL-USD'].entries())
      server.fanout.add(cryptoTrades, entry(key, offset, '', `crypto.${key}`))
    await eventually('all', () => both.events.length === 3 && one.events.length === 1)
    expect(offsets(both.events)).toEqual([0, 2, 1])
    expect(offsets(one.events)).toEqual([1])
  })

  it('tells a room anew at once when its log is void, though no record follows', async () => {
    const server = await serve()
    const { events } = await join(server)
    server.fanout.resync([cryptoTicker], 'reset')
    await eventually('the hydrate', () => events.length === 1)
    expect(events[0]).toEqual(['hydrate', { k: `${room} crypto.ticker reset` }])
  })

  it('sends nothing while paused, and then one conflated pack', async () => {
    const server = await serve()
    const { events } = await join(server)
    server.fanout.pause()
    for (let i = 0; i < 10; i += 1) server.fanout.add(cryptoTicker, entry('BTC-USD', i))
    // One more than the channel's history keeps.
    trades(server.fanout, 10, 211)
    server.fanout.resume()
    await eventually('the pack', () => events.length === 2)
    expect(events[0]).toEqual(['hydrate', { k: `${room} crypto.trades snapshot` }])
    expect(offsets(events.slice(1))).toEqual([9])
  })

  it('has the members of a room come back when a flush of theirs breaks', async () => {
    const server = await serve()
    const [inside, outside] = [await join(server), await join(server, { rooms: ['news.global'] })]
    const reasons: string[] = []
    for (const { socket } of [inside, outside])
      socket.on('disconnect', (reason) => reasons.push(reason))
    trades(server.fanout, 0, 5)
    server.fanout.resync([cryptoMovers], 'snapshot')
    await eventually('one to be cut off', () => reasons.length === 1)
    expect(['transport close', 'transport error']).toContain(reasons[0])
    await eventually('it to come back by itself', () => inside.socket.connected)
    expect(outside.socket.connected).toBe(true)
    expect(errors.splice(0)).toHaveLength(1)
  })
})
