import { afterEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../src/index.ts'
import { connect, manualClock, startAt, startManual, subscribe, until } from './support.ts'

const open: Sandbox[] = []
const started = async (sandbox: Promise<Sandbox>) => {
  open.push(await sandbox)
  return sandbox
}
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close()
})

const products = ['BTC-USD', 'ETH-USD', 'SOL-USD', 'DOGE-USD']
const channels = ['ticker', 'heartbeat', 'matches']

const firstFrames = async (seed: number, stepMs: number) => {
  const sandbox = await started(startManual({ seed }))
  const client = await connect(sandbox)
  await subscribe(client, { products, channels, expect: 0 })
  await client.received(9)
  while (client.frames.length < 1_000) {
    sandbox.control.step({ ms: stepMs })
    const { framesSent } = sandbox.control.state()
    const sent = Object.values(framesSent).reduce((a, b) => a + b, 0)
    await client.received(Math.min(sent, 1_000))
  }
  return client.frames.slice(0, 1_000)
}

describe('the seed', () => {
  it('decides the first 1,000 frames, in whatever steps time passes', async () => {
    const frames = await firstFrames(7, 1_000)
    expect(frames).toHaveLength(1_000)
    expect(await firstFrames(7, 370)).toEqual(frames)
    expect(await firstFrames(8, 1_000)).not.toEqual(frames)
  })

  it('decides the frames of a market that runs by the clock', async () => {
    const run = async () => {
      const clock = manualClock()
      const sandbox = await started(startSandbox({ seed: 3, startAt, clock, rate: 200 }))
      const client = await connect(sandbox)
      await subscribe(client, { products, channels, expect: 9 })
      await clock.advance(4_000)
      await client.received(300)
      return client.frames.slice(0, 300)
    }
    expect(await run()).toEqual(await run())
  })
})

describe('the stream', () => {
  it('answers a subscription with everything subscribed so far, in an order of its own', async () => {
    const client = await connect(await started(startManual()))
    const [first] = await subscribe(client, {
      products: ['BTC-USD'],
      channels: ['heartbeat'],
      expect: 1,
    })
    expect(first).toEqual({
      type: 'subscriptions',
      channels: [{ name: 'heartbeat', product_ids: ['BTC-USD'], account_ids: null }],
    })
    const mixed = ['heartbeat', { name: 'ticker', product_ids: ['ETH-EUR'] }]
    const [second] = await subscribe(client, { products, channels: mixed, expect: 2 })
    const named = Object.fromEntries(
      second.channels.map((c: { name: string; product_ids: string[] }) => [c.name, c.product_ids]),
    )
    expect(named['ticker']).toEqual(['ETH-EUR'])
    expect(named['heartbeat']).not.toEqual(products)
    expect(named['heartbeat'].toSorted()).toEqual(products.toSorted())
  })

  it('begins with the last trade, however old', async () => {
    const sandbox = await started(startManual())
    const [first, second] = [await connect(sandbox), await connect(sandbox)]
    await subscribe(first, { products: ['BTC-USD'], channels: ['ticker'], expect: 2 })
    sandbox.control.step({ matches: 1, product: 'BTC-USD' })
    const [last] = await first.take(1)
    sandbox.control.step({ ms: 1 })
    const [, ticker] = await subscribe(second, {
      products: ['BTC-USD'],
      channels: ['ticker'],
      expect: 2,
    })
    expect(ticker).toEqual(last)
    const [, lastMatch] = await subscribe(second, {
      products: ['BTC-USD'],
      channels: ['matches'],
      expect: 2,
    })
    expect(lastMatch).toMatchObject({
      type: 'last_match',
      trade_id: last.trade_id,
      time: last.time,
    })
  })

  it('steps trade ids by one and sequences by more, with a ticker for every match', async () => {
    const sandbox = await started(startManual())
    const client = await connect(sandbox)
    await subscribe(client, { products: ['BTC-USD'], channels: ['ticker', 'matches'], expect: 3 })
    sandbox.control.step({ matches: 50, product: 'BTC-USD' })
    const frames = await client.take(100)
    const [matches, tickers] = ['match', 'ticker'].map((type) =>
      frames.filter((f) => f.type === type),
    )
    expect(tickers?.map((f) => f.trade_id)).toEqual(matches?.map((f) => f.trade_id))
    for (const [i, match] of (matches ?? []).entries()) {
      const ticker = tickers?.[i]
      expect(ticker.price).toBe(match.price)
      expect(ticker.side).not.toBe(match.side)
      if (i === 0) continue
      expect(match.trade_id).toBe(matches?.[i - 1].trade_id + 1)
      expect(match.sequence).toBeGreaterThan(matches?.[i - 1].sequence + 1)
    }
  })

  it('sends one heartbeat a second with the newest trade id', async () => {
    const sandbox = await started(startManual())
    const client = await connect(sandbox)
    const [, ticker] = await subscribe(client, {
      products: ['BTC-USD'],
      channels: ['ticker', 'heartbeat'],
      expect: 2,
    })
    sandbox.control.setRate(0)
    sandbox.control.step({ ms: 3_000 })
    const beats = await client.take(3)
    expect(beats.map((beat) => beat.time)).toEqual(
      [1, 2, 3].map((s) => new Date(startAt + s * 1000).toISOString().replace('Z', '000Z')),
    )
    for (const beat of beats) {
      expect(beat.last_trade_id).toBe(ticker.trade_id)
      expect(beat.sequence).toBeGreaterThanOrEqual(ticker.sequence)
    }
  })

  it('sends a batch ticker every five seconds, for products that traded', async () => {
    const sandbox = await started(startManual({ rate: 0 }))
    const client = await connect(sandbox)
    await subscribe(client, { products, channels: ['ticker_batch'], expect: 5 })
    sandbox.control.step({ ms: 5_000 })
    await client.take(0)
    sandbox.control.step({ matches: 3, product: 'ETH-USD' })
    sandbox.control.step({ ms: 10_000 })
    const [frame, ...others] = await client.take(1)
    expect(frame).toMatchObject({ type: 'ticker', product_id: 'ETH-USD' })
    expect(others).toEqual([])
  })

  it('stops after unsubscribing', async () => {
    const sandbox = await started(startManual())
    const client = await connect(sandbox)
    await subscribe(client, { products: ['BTC-USD', 'ETH-USD'], channels: ['ticker'], expect: 3 })
    client.send({ type: 'unsubscribe', product_ids: ['BTC-USD'], channels: ['ticker'] })
    expect((await client.take(1))[0].channels[0].product_ids).toEqual(['ETH-USD'])
    sandbox.control.step({ matches: 1, product: 'BTC-USD' })
    sandbox.control.step({ matches: 1, product: 'ETH-USD' })
    expect((await client.take(1)).map((f) => f.product_id)).toEqual(['ETH-USD'])
    client.send({ type: 'unsubscribe', channels: ['ticker'] })
    expect(await client.take(1)).toEqual([{ type: 'subscriptions', channels: [] }])
  })

  it('answers nonsense with an error frame and goes on', async () => {
    const client = await connect(await started(startManual()))
    client.ws.send('{"type":')
    client.ws.send(Buffer.from([0, 255, 254]))
    client.send({ type: 'dance' })
    client.send({ type: 'unsubscribe', product_ids: ['BTC-USD'] })
    client.send({ type: 'subscribe', product_ids: ['NO-SUCH'], channels: ['ticker'] })
    client.send({ type: 'subscribe', product_ids: ['LOOM-USD'], channels: ['ticker'] })
    client.send({ type: 'subscribe', product_ids: ['BTC-USD'], channels: ['level2'] })
    const frames = await client.take(7)
    expect(frames.every((frame) => frame.type === 'error')).toBe(true)
    expect(frames.slice(3, 6)).toEqual([
      { type: 'error', message: 'Failed to unsubscribe', reason: 'No channels provided' },
      { type: 'error', message: 'Failed to subscribe', reason: 'NO-SUCH is not a valid product' },
      { type: 'error', message: 'Failed to subscribe', reason: 'LOOM-USD is delisted' },
    ])
    await subscribe(client, { products: ['BTC-USD'], channels: ['heartbeat'], expect: 1 })
  })

  it('closes whoever has not subscribed within five seconds, and nobody else', async () => {
    const clock = manualClock()
    const sandbox = await started(startManual({ clock }))
    const [idle, busy] = [await connect(sandbox), await connect(sandbox)]
    await subscribe(busy, { products: ['BTC-USD'], channels: ['ticker'], expect: 2 })
    await clock.advance(4_999)
    expect(sandbox.control.state().connections).toMatchObject({ coinbase: 2 })
    await clock.advance(1)
    expect(await idle.closed()).toBe(1008)
    await until(() => sandbox.control.state().connections['coinbase'] === 1)
  })

  it('drops a reader that is too slow and spares the others', async () => {
    const sandbox = await started(startManual())
    const [slow, quick] = [await connect(sandbox), await connect(sandbox)]
    for (const client of [slow, quick]) {
      await subscribe(client, { products: ['BTC-USD'], channels: ['ticker'], expect: 2 })
    }
    slow.ws.pause()
    let sent = 0
    while (sandbox.control.state().slowReadersDropped === 0) {
      sandbox.control.step({ matches: 1_000, product: 'BTC-USD' })
      sent += 1_000
      await quick.received(sent)
    }
    await until(() => sandbox.control.state().connections['coinbase'] === 1)
    slow.ws.terminate()
  })

  it('refuses other paths and survives a broken frame', async () => {
    const sandbox = await started(startManual())
    const client = await connect(sandbox)
    const { _socket } = Object(client.ws)
    _socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff]))
    await client.closed()
    const response = await fetch(`${sandbox.url}/coinbase/nothing`)
    expect([response.status, await response.json()]).toEqual([404, { message: 'NotFound' }])
    await connect(sandbox)
  })
})
