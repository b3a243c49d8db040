import { createServer } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { clientEvent } from '@flux/contracts'
import { createLog, createMetrics } from '@flux/runtime'
import { eventually, type ManualClock, manualClock } from '@flux/testkit'
import { Server, type Socket } from 'socket.io'
import { io as connectIo } from 'socket.io-client'
import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createDrain } from '../src/gateway/drain.ts'
import { createGatewayEvents } from '../src/gateway/events.ts'
import { type Handlers, handleSocket } from '../src/gateway/handle.ts'
import { createHydrateGate } from '../src/gateway/hydrate-gate.ts'
import { createMembership } from '../src/gateway/membership.ts'
import { serveSubscribe } from '../src/gateway/subscribe.ts'

const room = 'crypto.global'

describe('a real socket', () => {
  const closing: (() => unknown)[] = []

  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })

  const serve = async (clock: ManualClock, use: (handlers: Handlers, socket: Socket) => void) => {
    const http = createServer()
    const io = new Server(http, { transports: ['websocket'] })
    const log = createLog({ name: 'test', level: 'silent' })
    const events = createGatewayEvents(log, createMetrics(), () => 0)
    io.on('connection', (socket) => {
      const rate = { burst: 100, perSecond: 100 }
      use(handleSocket(socket, { clock, events, rate }), socket)
    })
    await new Promise<void>((resolve) => http.listen(0, resolve))
    closing.push(() => io.close())
    const address = http.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    const url = `http://127.0.0.1:${port}`
    const connect = async () => {
      const socket = connectIo(url, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
      })
      closing.push(() => socket.close())
      await new Promise<void>((resolve) => socket.once('connect', resolve))
      return socket
    }
    return { io, events, port, connect }
  }

  it('gets its messages handled one after another, and each answered once', async () => {
    const order: string[] = []
    const { promise: first, resolve: finishFirst } = Promise.withResolvers<void>()
    const { connect } = await serve(manualClock(), (handlers) => {
      handlers.on('work', z.string(), async (name, reply) => {
        order.push(`${name} begins`)
        if (name === 'a') await first
        order.push(`${name} ends`)
        reply({ ok: true, name })
        reply({ ok: true, name: 'again' })
      })
    })
    const socket = await connect()
    const answers = ['a', 'b'].map((name) => socket.emitWithAck('work', name))
    await eventually('the first to begin', () => order.length === 1)
    expect(await socket.emitWithAck('work', 5)).toMatchObject({ code: 'bad_request' })
    expect(order).toEqual(['a begins'])
    finishFirst()
    expect(await Promise.all(answers)).toEqual([
      { ok: true, name: 'a' },
      { ok: true, name: 'b' },
    ])
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  })

  it('is told busy when a handler breaks, and the next message is handled', async () => {
    const { connect } = await serve(manualClock(), (handlers) => {
      handlers.on('work', z.string(), (name, reply) => {
        if (name === 'bad') throw new Error('internal detail')
        reply({ ok: true })
      })
    })
    const socket = await connect()
    const answer: unknown = await socket.emitWithAck('work', 'bad')
    expect(answer).toMatchObject({ code: 'busy' })
    expect(JSON.stringify(answer)).not.toContain('internal detail')
    expect(await socket.emitWithAck('work', 'good')).toEqual({ ok: true })
    socket.emit('work', 'without an acknowledgement')
    expect(await socket.emitWithAck('work', 'good')).toEqual({ ok: true })
  })

  it('has nothing handled any more when it is gone', async () => {
    const handled: string[] = []
    const { promise: first, resolve: finishFirst } = Promise.withResolvers<void>()
    const { io, connect } = await serve(manualClock(), (handlers) => {
      handlers.on('work', z.string(), async (name) => {
        handled.push(name)
        await first
      })
    })
    const socket = await connect()
    socket.emit('work', 'a')
    socket.emit('work', 'b')
    await eventually('the first to begin', () => handled.length === 1)
    socket.close()
    await eventually('it to be gone', () => io.of('/').sockets.size === 0)
    finishFirst()
    await new Promise((resolve) => setImmediate(resolve))
    expect(handled).toEqual(['a'])
  })

  it('joins its rooms between two flushes, and gives its place in line back when it leaves', async () => {
    const clock = manualClock()
    const gate = createHydrateGate(1_000)
    const flushes = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let asked = 0
    const { io, connect } = await serve(clock, (handlers, socket) =>
      serveSubscribe(socket, handlers, {
        clock,
        feed,
        events: quiet,
        setRate: () => undefined,
        membership: createMembership(socket, {
          ...{ clock, gate, coldPerMinute: 10, events: quiet },
          hydrateOf: (own) => ({ texts: [JSON.stringify({ own })], outcome: 'snapshot' }),
          flushing: () => {
            const flush = flushes[asked]?.promise
            asked += 1
            return flush
          },
        }),
      }),
    )
    const socket = await connect()
    const hydrates: unknown[] = []
    socket.on('hydrate', (hydrate) => hydrates.push(hydrate))
    const answer = socket.emitWithAck(clientEvent.subscribe, { rooms: [room], rev: 1 })
    for (const flush of flushes) {
      await eventually('it to wait', () => asked > flushes.indexOf(flush))
      expect(io.of('/').adapter.rooms.has(room)).toBe(false)
      flush.resolve()
    }
    expect(await answer).toMatchObject({ ok: true, rooms: [room] })
    await eventually('the hydrate', () => hydrates.length === 1)

    gate.sent(2_000)
    const leaver = await connect()
    const queued = new Promise((resolve) => leaver.once('queued', resolve))
    leaver.emit(clientEvent.subscribe, { rooms: [room], rev: 1 })
    await queued
    leaver.close()
    await eventually('it to be gone', () => io.of('/').sockets.size === 1)
    gate.gone(2_000)
    expect(
      await socket.emitWithAck(clientEvent.subscribe, { rooms: ['news.global'], rev: 2 }),
    ).toMatchObject({ ok: true })
    expect(io.of('/').adapter.rooms.get(room)).toBeUndefined()
  })

  it('is cut off when it takes nothing of its hydrate, so that others get theirs', async () => {
    const clock = manualClock()
    const gate = createHydrateGate(1_000)
    const { io, port } = await serve(clock, (handlers, socket) =>
      serveSubscribe(socket, handlers, {
        clock,
        feed,
        events: quiet,
        setRate: () => undefined,
        membership: createMembership(socket, {
          ...{ clock, gate, coldPerMinute: 10, events: quiet, flushing: () => undefined },
          hydrateOf: () => ({
            texts: [JSON.stringify('x'.repeat(16_000_000))],
            outcome: 'snapshot',
          }),
        }),
      }),
    )
    const deaf = connectTcp(port, '127.0.0.1')
    closing.push(() => deaf.destroy())
    const masked = (text: string) =>
      Buffer.concat([Buffer.from([0x81, 0x80 + text.length, 0, 0, 0, 0]), Buffer.from(text)])
    deaf.write(
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n' +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    )
    await new Promise((resolve) => deaf.once('data', resolve))
    deaf.pause()
    deaf.write(masked('40'))
    deaf.write(masked(`42["subscribe",{"rooms":["${room}"],"rev":1}]`))
    await eventually('it to be in', () => io.of('/').adapter.rooms.has(room))
    let entered = false
    void gate
      .enter(() => undefined)
      .then(() => {
        entered = true
      })
    await clock.advance(14_000)
    expect([entered, io.engine.clientsCount]).toEqual([false, 1])
    await clock.advance(20_000)
    await eventually('the next one to be let in', () => entered)
    expect(io.engine.clientsCount).toBe(0)
  })

  it('is sent away in a drain at its own pace, and stays when the drain is called off', async () => {
    const clock = manualClock()
    const { io, events, connect } = await serve(clock, () => undefined)
    const clients = await Promise.all(Array.from({ length: 8 }, connect))
    const told: unknown[] = []
    for (const client of clients) client.on('server:draining', (message) => told.push(message))
    const left = () => io.of('/').sockets.size
    const drain = createDrain({ io, clock, random: () => 0.5, events })
    const first = drain.begin(800)
    await eventually('all to be told', () => told.length === 8)
    expect(told[0]).toEqual({ afterMs: 800 })
    await clock.advance(400)
    expect(left()).toBe(8)
    await clock.advance(100)
    await eventually('two to be gone', () => left() === 6)
    drain.end()
    await clock.advance(5_000)
    await first
    expect([left(), drain.isDraining()]).toEqual([6, false])
    const second = drain.begin(800)
    await clock.advance(400)
    await clock.advance(200)
    await eventually('some to be gone', () => left() < 6)
    await clock.advance(2_000)
    await second
    expect([left(), drain.isDraining()]).toEqual([0, true])
    await drain.begin(800)
  })
})

const feed = { epoch: () => 'e', resets: () => 0, ends: () => Promise.resolve(undefined) }
const quiet = {
  hydrated: () => undefined,
  hydrateBytes: () => undefined,
  subscribed: () => undefined,
  missedSince: () => undefined,
}
