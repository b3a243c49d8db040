import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { createLog } from '../telemetry/log.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import { connectValkey } from './valkey.ts'
import { valkeyClients } from './valkey-clients.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A TCP server whose connections each answer every chunk with what `answer` makes of it, or never. */
const tcpServer = async (
  answer: (socketNumber: number) => (chunk: string) => string | undefined = () => () => undefined,
) => {
  const sockets = new Set<Socket>()
  const chunks: string[] = []
  const server = createServer((socket) => {
    sockets.add(socket)
    const reply = answer(sockets.size)
    socket.on('error', () => {})
    socket.on('data', (data) => {
      const chunk = data.toString()
      chunks.push(chunk)
      const text = reply(chunk)
      if (text !== undefined) socket.write(text)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    const closed = once(server, 'close')
    server.close()
    await closed
  }
  const { port }: AddressInfo = Object(server.address())
  return { url: `redis://user:hunter2@127.0.0.1:${port}`, close, sockets, chunks }
}

const setUp = (url: string) => {
  const lines: string[] = []
  const log = createLog({ name: 'test' }, { write: (line) => void lines.push(line) })
  const metrics = createMetrics()
  const { cache } = connectValkey({ url, log, metrics, clock: systemClock })
  closers.push(cache.close)
  return { cache, lines, log, metrics }
}

const everyCall = (cache: ReturnType<typeof setUp>['cache']) =>
  Promise.all([
    cache.get('a'),
    cache.getMany(['a', 'b']),
    cache.set('a', '1', 1_000),
    cache.claim('a', '1', 1_000),
    cache.delete('a'),
    cache.take('a', { want: 1, limit: 1, windowMs: 1_000 }),
  ])

const misses = [undefined, [undefined, undefined], false, 'unknown', false, undefined]

/** `late` when the call outlasts a timer of 600 ms that started with it. */
const within600 = <T>(call: Promise<T>): Promise<T | 'late'> =>
  Promise.race([call, systemClock.sleep(600).then((): 'late' => 'late')])

/** Enough of a server for a client to become ready: the commands of the handshake are answered, no others. */
const handshakeOnly = () => (chunk: string) => {
  const text = chunk.toLowerCase()
  const commands = chunk.match(/^\*\d+\r$/gm)?.length ?? 0
  if (text.includes('hello') || text.includes('setinfo')) return '+OK\r\n'.repeat(commands)
  return text.includes('info') ? '$9\r\nloading:0\r\n' : undefined
}

describe('valkey cache without a server that answers', () => {
  it('starts and misses at once when nothing listens, with one log line and no password in it', async () => {
    const gone = await tcpServer()
    await gone.close()
    const { cache, lines, metrics } = setUp(gone.url)
    for (let round = 0; round < 3; round += 1) expect(await everyCall(cache)).toEqual(misses)
    await vi.waitFor(() => expect(cache.healthy()).toBe(false))
    expect(lines).toHaveLength(1)
    expect(lines.join()).not.toContain('hunter2')
    const text = await metrics.registry.metrics()
    expect(text).toContain('flux_cache_errors_total{operation="claim"} 3')
    expect(text).toContain('flux_cache_requests_total{operation="get",outcome="error"} 3')
    expect(text).toContain('flux_cache_requests_total{operation="get",outcome="hit"} 0')
  })

  it('misses within 600 ms when the server accepts and never answers', async () => {
    const frozen = await tcpServer()
    closers.push(frozen.close)
    const { cache, lines } = setUp(frozen.url)
    for (let round = 0; round < 2; round += 1) {
      expect(await within600(everyCall(cache))).toEqual(misses)
    }
    await vi.waitFor(() => expect(cache.healthy()).toBe(false))
    expect(lines).toHaveLength(1)
  })

  it('misses within 600 ms when the server freezes on a ready connection, and drops that connection', async () => {
    const frozen = await tcpServer(handshakeOnly)
    closers.push(frozen.close)
    const { cache, lines } = setUp(frozen.url)
    await vi.waitFor(async () => {
      await cache.get('first')
      expect(frozen.chunks.join()).toContain('first')
    })
    expect(await within600(cache.claim('claimed', '1', 1_000))).toBe('unknown')
    expect(await within600(everyCall(cache))).toEqual(misses)
    expect(cache.healthy()).toBe(false)
    expect(lines).toHaveLength(1)
    await vi.waitFor(() => expect(cache.healthy()).toBe(true), { timeout: 5_000 })
    expect(frozen.sockets.size).toBeGreaterThan(1)
    await cache.get('second')
    // Given up is given up: a claim sent again on the new connection would be won by nobody.
    expect(frozen.chunks.join().match(/claimed/g)).toHaveLength(1)
  })
})

describe('valkey clients without a server', () => {
  it('fails to publish at once, keeps subscriptions waiting, and closes without an unhandled rejection', async () => {
    const gone = await tcpServer()
    await gone.close()
    const { log, lines } = setUp(gone.url)
    const clients = valkeyClients(gone.url, { log, clock: systemClock })
    await expect(clients.pub.publish('a', 'b')).rejects.toThrow()
    // Nobody looks at these two, as in the adapter.
    void clients.pub.spublish('a', 'b')
    void clients.sub.ssubscribe('room')
    await vi.waitFor(() => expect(clients.healthy()).toBe(false))
    expect(lines.join()).not.toContain('hunter2')
    const attempt = vi.fn(() => {})
    clients.sub.on('connecting', attempt)
    await vi.waitFor(() => expect(attempt).toHaveBeenCalled())
    await clients.close()
  })
})
