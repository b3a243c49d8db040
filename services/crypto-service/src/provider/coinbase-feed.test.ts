import { systemClock } from '@flux/runtime'
import { fixtureWs } from '@flux/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createCoinbaseFeed, refusedProduct } from './coinbase-feed.ts'
import type { Frame } from './coinbase-frames.ts'

interface Asked {
  readonly connection: number
  readonly type: string
  readonly product_ids: readonly string[]
  readonly channels: readonly string[]
}

/** A server that notes what it is asked, and answers as `answer` says. */
const setUp = async (perConnection: number, answer: (asked: Asked) => string[] = () => []) => {
  const asked: Asked[] = []
  const server = await fixtureWs((socket, { number }) => {
    socket.on('message', (data) => {
      const message: Asked = { connection: number, ...JSON.parse(String(data)) }
      asked.push(message)
      for (const reply of answer(message)) socket.send(reply)
    })
  })
  const ended = new AbortController()
  const seen: { frames: Frame[]; closed: string[]; refused: string[]; fatal: unknown[] } = {
    frames: [],
    closed: [],
    refused: [],
    fatal: [],
  }
  const feed = createCoinbaseFeed({
    url: server.url,
    perConnection,
    clock: systemClock,
    random: () => 0,
    signal: ended.signal,
    onFrame: (frame) => seen.frames.push(frame),
    onOpen: () => {},
    onClose: (reason) => seen.closed.push(reason),
    onRefused: (product) => seen.refused.push(product),
    onFatal: (error) => seen.fatal.push(error),
  })
  onTestFinished(async () => {
    ended.abort()
    await server.close()
    expect(seen.fatal).toEqual([])
  })
  return { feed, server, asked, seen }
}

const channels = ['ticker', 'matches', 'heartbeat']

describe('the feed', () => {
  it('asks for all products and channels of a connection in one message', async () => {
    const { feed, asked } = await setUp(50)
    feed.setProducts(['A-USD', 'B-USD'])
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    expect(asked[0]).toEqual({
      connection: 1,
      type: 'subscribe',
      product_ids: ['A-USD', 'B-USD'],
      channels,
    })
  })

  it('spreads a long list over several connections', async () => {
    const { feed, asked } = await setUp(2)
    feed.setProducts(['A-USD', 'B-USD', 'C-USD', 'D-USD', 'E-USD'])
    await vi.waitFor(() => expect(asked).toHaveLength(3))
    expect(asked.flatMap((a) => a.product_ids).toSorted()).toEqual([
      'A-USD',
      'B-USD',
      'C-USD',
      'D-USD',
      'E-USD',
    ])
    expect(Math.max(...asked.map((a) => a.product_ids.length))).toBe(2)
  })

  it('asks again for all of them when a connection is lost', async () => {
    const { feed, server, asked, seen } = await setUp(50)
    feed.setProducts(['A-USD', 'B-USD'])
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    for (const socket of server.sockets) socket.terminate()
    await vi.waitFor(() => expect(asked).toHaveLength(2), { timeout: 5_000 })
    expect(asked[1]).toMatchObject({ connection: 2, product_ids: ['A-USD', 'B-USD'] })
    expect(seen.closed).toHaveLength(1)
  })

  it('changes only what has changed', async () => {
    const { feed, server, asked } = await setUp(50)
    feed.setProducts(['A-USD', 'B-USD'])
    await vi.waitFor(() => expect(feed.connections()).toEqual({ open: 1, wanted: 1 }))
    feed.setProducts(['B-USD', 'C-USD'])
    await vi.waitFor(() => expect(asked).toHaveLength(3))
    expect(asked.slice(1)).toEqual([
      { connection: 1, type: 'unsubscribe', product_ids: ['A-USD'], channels },
      { connection: 1, type: 'subscribe', product_ids: ['C-USD'], channels },
    ])
    feed.setProducts([])
    await vi.waitFor(() => expect(server.sockets.size).toBe(0))
    expect(feed.connections()).toEqual({ open: 0, wanted: 0 })
  })

  it('leaves out a product that the exchange refuses, and asks for the rest again', async () => {
    const refusal = { type: 'error', message: 'Failed to subscribe', reason: 'B-USD is delisted' }
    const { feed, asked, seen } = await setUp(50, ({ product_ids }) =>
      product_ids.includes('B-USD') ? [JSON.stringify(refusal)] : [],
    )
    feed.setProducts(['A-USD', 'B-USD'])
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    expect(asked[1]?.product_ids).toEqual(['A-USD'])
    expect(seen.refused).toEqual(['B-USD'])
  })

  it('hands on every frame, also those that cannot be read', async () => {
    const { feed, seen } = await setUp(50, () => ['{', '{"type":"new"}'])
    feed.setProducts(['A-USD'])
    await vi.waitFor(() => expect(seen.frames).toHaveLength(2))
    expect(seen.frames.map((f) => f.kind)).toEqual(['malformed', 'unknown'])
  })

  it('knows which product an error is about', () => {
    expect(refusedProduct('Failed to subscribe: LUNA-USD is delisted')).toBe('LUNA-USD')
    expect(refusedProduct('Failed to subscribe: X-USD is not a valid product')).toBe('X-USD')
    expect(refusedProduct('Failed to subscribe: x is not a valid channel')).toBeUndefined()
  })
})
