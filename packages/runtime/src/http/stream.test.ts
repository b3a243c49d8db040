import { type FixtureWs, fixtureHttp, fixtureWs, manualClock } from '@flux/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { openStream, type StreamEvent } from './stream.ts'
import type { StreamOptions } from './stream-options.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const serve = async (...args: Parameters<typeof fixtureWs>): Promise<FixtureWs> => {
  const server = await fixtureWs(...args)
  closers.push(server.close)
  return server
}

const setUp = (url: string, options: Partial<StreamOptions> = {}) => {
  const clock = manualClock(1_000)
  const controller = new AbortController()
  closers.push(async () => controller.abort())
  const stream = openStream({
    provider: 'acme',
    url,
    onOpen: () => {},
    clock,
    random: () => 0.5,
    signal: controller.signal,
    ...options,
  })
  /** The next event, with time passing in small steps until it is there. */
  const next = async (stepMs = 0): Promise<StreamEvent | undefined> => {
    let result: IteratorResult<StreamEvent, void> | undefined
    let error: unknown
    stream.next().then(
      (value) => {
        result = value
      },
      (thrown: unknown) => {
        error = thrown
      },
    )
    await expect
      .poll(
        async () => {
          await clock.advance(stepMs)
          return result !== undefined || error !== undefined
        },
        { interval: 1, timeout: 5_000 },
      )
      .toBe(true)
    if (error !== undefined) throw error
    return result?.value ?? undefined
  }
  return { clock, controller, stream, next }
}

const opened = (connection: number) => expect.objectContaining({ type: 'open', connection })

describe('openStream', () => {
  it('subscribes when open and yields frames in order with their time', async () => {
    const server = await serve((socket) => {
      socket.on('message', (data) => {
        socket.send(`echo ${data}`)
        socket.send(Buffer.from('binary'))
      })
    })
    const { next, controller, clock } = setUp(server.url, {
      onOpen: (send) => void send('subscribe'),
    })
    expect(await next()).toEqual(opened(1))
    expect(await next()).toEqual({ type: 'message', data: 'echo subscribe', at: clock.now() })
    expect(await next()).toMatchObject({ data: 'binary' })
    controller.abort()
    expect(await next()).toBeUndefined()
    await expect.poll(() => server.sockets.size).toBe(0)
  })

  it('lets the consumer send while open, and says when it no longer can', async () => {
    const server = await serve((socket) => {
      socket.on('message', () => socket.close(1001))
    })
    const { next } = setUp(server.url)
    const open = await next()
    if (open?.type !== 'open') throw new Error('not open')
    expect(open.send('more')).toBe(true)
    expect(await next()).toEqual({ type: 'close', reason: 'closed_1001' })
    expect(open.send('more')).toBe(false)
  })

  it('reconnects with growing delays that start again only after a message', async () => {
    const server = await serve((socket, { number }) => {
      if (number === 3) socket.send('proof', () => socket.close())
      else socket.close()
    })
    const { next, clock } = setUp(server.url)
    const openedAt: number[] = []
    for (let connection = 1; connection <= 5; connection += 1) {
      expect(await next(5)).toEqual(opened(connection))
      openedAt.push(clock.monotonic())
      if (connection === 3) expect(await next()).toMatchObject({ data: 'proof' })
      expect(await next()).toMatchObject({ type: 'close', reason: 'closed_1005' })
    }
    const waits = openedAt.slice(1).map((at, index) => at - (openedAt[index] ?? 0))
    // Half of 1 s, 2 s, then from the start: each plus the few steps that connecting took.
    for (const [index, least] of [500, 1_000, 500, 1_000].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(least)
      expect(waits[index]).toBeLessThan(least * 1.6)
    }
  })

  it('drops a connection that went silent without waiting for its farewell', async () => {
    const server = await serve((socket) => socket.pause())
    const { next } = setUp(server.url, { heartbeatMs: 500 })
    expect(await next()).toEqual(opened(1))
    expect(await next(20)).toEqual({ type: 'close', reason: 'heartbeat' })
    expect(await next(20)).toEqual(opened(2))
  })

  it('takes pings for a sign of life', async () => {
    const server = await serve(() => {})
    const { next, clock, stream } = setUp(server.url, { heartbeatMs: 500 })
    expect(await next()).toEqual(opened(1))
    const following = stream.next()
    const [socket] = server.sockets
    for (let round = 0; round < 5; round += 1) {
      const ponged = new Promise((resolve) => socket?.once('pong', resolve))
      socket?.ping()
      await ponged
      await clock.advance(400)
    }
    socket?.send('still here')
    expect((await following).value).toMatchObject({ data: 'still here' })
  })

  it('gives up a connection that does not come about', async () => {
    const silent = await fixtureHttp(() => {})
    closers.push(silent.close)
    const { next } = setUp(silent.url.replace('http', 'ws'), { connectTimeoutMs: 200 })
    expect(await next(20)).toEqual({ type: 'close', reason: 'connect_timeout' })
    expect(await next(20)).toEqual({ type: 'close', reason: 'connect_timeout' })
  })

  it('tells a refused handshake by its status and obeys Retry-After', async () => {
    const refusing = await fixtureHttp((_request, response) => {
      response.writeHead(429, { 'retry-after': '20' }).end()
    })
    closers.push(refusing.close)
    const { next, clock } = setUp(refusing.url.replace('http', 'ws'))
    expect(await next()).toEqual({ type: 'close', reason: 'http_429' })
    const closedAt = clock.monotonic()
    expect(await next(100)).toEqual({ type: 'close', reason: 'http_429' })
    expect(clock.monotonic() - closedAt).toBeGreaterThanOrEqual(20_000)
  })

  it('goes on trying a closed port', async () => {
    const server = await fixtureWs(() => {})
    await server.close()
    const { next } = setUp(server.url)
    for (let attempt = 0; attempt < 4; attempt += 1)
      expect(await next(50)).toEqual({ type: 'close', reason: 'network' })
  })

  it('closes on a frame that is too long', async () => {
    const server = await serve((socket) => socket.send('x'.repeat(2_000)))
    const { next } = setUp(server.url, { maxFrameBytes: 1_000 })
    expect(await next()).toEqual(opened(1))
    expect(await next()).toEqual({ type: 'close', reason: 'too_large' })
  })

  it('keeps a bounded number of messages for a slow consumer and reconnects once they are taken', async () => {
    const server = await serve((socket) => {
      for (let count = 0; count < 50; count += 1) socket.send(String(count))
    })
    const { next, clock } = setUp(server.url, { maxQueued: 10, heartbeatMs: 60_000 })
    expect(await next()).toEqual(opened(1))
    await expect.poll(() => server.sockets.size).toBe(0)
    await clock.advance(300_000)
    expect(server.accepted()).toBe(1)
    const data: string[] = []
    let event = await next()
    for (; event?.type === 'message'; event = await next()) data.push(event.data)
    expect(event).toEqual({ type: 'close', reason: 'overflow' })
    expect(data).toEqual(Array.from({ length: data.length }, (_value, index) => String(index)))
    expect(data.length).toBeLessThanOrEqual(11)
    expect(await next(50)).toEqual(opened(2))
  })

  it('drops the connection when the consumer leaves', async () => {
    const server = await serve((socket) => socket.send('hello'))
    const { stream, clock } = setUp(server.url)
    for await (const event of stream) if (event.type === 'message') break
    await expect.poll(() => server.sockets.size).toBe(0)
    expect(clock.pending()).toBe(0)
  })

  it('ends when aborted in any phase, without a timer left', async () => {
    const server = await serve(() => {})
    const connecting = setUp(server.url)
    const first = connecting.stream.next()
    connecting.controller.abort()
    expect((await first).done).toBe(true)
    const waiting = setUp('ws://127.0.0.1:1/')
    expect(await waiting.next()).toMatchObject({ type: 'close' })
    const second = waiting.stream.next()
    await waiting.clock.settle()
    waiting.controller.abort()
    expect((await second).done).toBe(true)
    expect(connecting.clock.pending() + waiting.clock.pending()).toBe(0)
  })

  it('throws an address that cannot work without showing it, and what onOpen throws', async () => {
    const bad = setUp('wss//x?token=SECRET')
    const error = await bad.next().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'bad_url', retryable: false })
    expect(String(error)).not.toContain('SECRET')
    const server = await serve(() => {})
    const failing = setUp(server.url, {
      onOpen: () => {
        throw new TypeError('a bug')
      },
    })
    expect(await failing.next()).toEqual(opened(1))
    expect(await failing.next()).toMatchObject({ type: 'close' })
    await expect(failing.next()).rejects.toThrow('a bug')
  })
})
