import { systemClock } from '@flux/runtime'
import { fixtureWs } from '@flux/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { runFeed } from './finnhub-feed.ts'
import type { Frame } from './finnhub-frames.ts'

const setUp = async (heartbeatMs?: number) => {
  const asked: { connection: number; type: string; symbol: string }[] = []
  const addresses: (string | undefined)[] = []
  const server = await fixtureWs((socket, { number, request }) => {
    addresses.push(request.url)
    socket.on('message', (data) => asked.push({ connection: number, ...JSON.parse(String(data)) }))
  })
  const ended = new AbortController()
  const seen: { frames: Frame[]; opened: number; closed: string[] } = {
    ...{ frames: [], opened: 0, closed: [] },
  }
  const feed = runFeed({
    ...{ url: server.url, key: 'a key & more', symbols: ['ACME', 'BRK.B'] },
    ...{ clock: systemClock, random: () => 0, signal: ended.signal },
    ...(heartbeatMs !== undefined && { heartbeatMs }),
    onFrame: (frame) => void seen.frames.push(frame),
    onOpen: () => {
      seen.opened += 1
    },
    onClose: (reason) => void seen.closed.push(reason),
  })
  onTestFinished(async () => {
    ended.abort()
    await feed
    await server.close()
  })
  return { server, asked, addresses, seen }
}

describe('the trade stream', () => {
  it('has the key in its address and asks for one symbol at a time', async () => {
    const { asked, addresses } = await setUp()
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    expect(asked).toEqual([
      { connection: 1, type: 'subscribe', symbol: 'ACME' },
      { connection: 1, type: 'subscribe', symbol: 'BRK.B' },
    ])
    expect(addresses).toEqual(['/?token=a+key+%26+more'])
  })

  it('hands on every frame, also those that cannot be read', async () => {
    const { server, seen } = await setUp()
    await vi.waitFor(() => expect(seen.opened).toBe(1))
    for (const socket of server.sockets) {
      socket.send('{')
      socket.send('{"type":"trade","data":[{"s":"ACME","p":1.5,"t":5,"v":1,"c":null}]}')
    }
    await vi.waitFor(() => expect(seen.frames).toHaveLength(2))
    expect(seen.frames[1]).toMatchObject({ trades: [{ symbol: 'ACME', price: 1.5, at: 5 }] })
  })

  it('asks again for all of them when the connection is lost', async () => {
    const { server, asked, seen } = await setUp()
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    for (const socket of server.sockets) socket.terminate()
    await vi.waitFor(() => expect(asked).toHaveLength(4), { timeout: 5_000 })
    expect(asked.slice(2).map(({ connection }) => connection)).toEqual([2, 2])
    expect(seen.closed).toHaveLength(1)
  })

  it('comes back when it has been silent for too long', async () => {
    const { seen } = await setUp(50)
    await vi.waitFor(() => expect(seen.opened).toBe(2), { timeout: 5_000 })
    expect(seen.closed).toEqual(['heartbeat'])
  })
})
