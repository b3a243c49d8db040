import {
  cryptoCandles,
  cryptoMovers,
  cryptoTicker,
  cryptoTopcoins,
  cryptoTrades,
  deadLetterTopic,
  decodeMeta,
  refreshMovers,
} from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { btc, grows, tradesOf, until } from './watch.ts'
import { faultsIn, openWorld } from './world.ts'

describe('the service', () => {
  it('brings the stream into the channels as it was, marked as simulated', async () => {
    const world = await openWorld({ rate: 300 })
    await world.start('a')
    await grows(world, 30)
    const real = new Map(
      world.sandbox.market.instruments
        .get(btc)
        ?.trades({ limit: 5_000 })
        .map((t) => [t.id, t]),
    )
    const trades = await world.values(cryptoTrades)
    expect(faultsIn(trades)).toEqual([])
    for (const trade of trades) {
      if (trade.product !== btc || trade.kind !== 'trade') continue
      const truth = real.get(trade.tradeId)
      expect([trade.side, trade.price, trade.at]).toEqual([
        truth?.taker,
        (truth?.price ?? 0) / 100,
        Math.floor((truth?.time ?? 0) / 1_000),
      ])
    }
    const [record] = await world.records(cryptoTrades.topic)
    expect(decodeMeta(record?.headers ?? {})).toMatchObject({
      source: 'coinbase',
      simulated: true,
      version: trades[0]?.tradeId,
    })
    expect(await world.records(deadLetterTopic)).toEqual([])
  })

  it('publishes at most four tickers a second and product, each newer than the last', async () => {
    const world = await openWorld({ rate: 400 })
    await world.start('a')
    await grows(world, 150)
    const records = (await world.records(cryptoTicker.topic)).filter(({ key }) => key === btc)
    for (const [i, { timestamp }] of records.entries()) {
      const fourBefore = records[i - 4]
      // A value leaves every 250 ms at most; the log's clock is read a little later than the sender's.
      if (fourBefore) expect(timestamp - fourBefore.timestamp).toBeGreaterThan(900)
    }
    const sequences = (await world.values(cryptoTicker))
      .filter(({ product }) => product === btc)
      .map(({ sequence }) => sequence)
    expect(sequences.length).toBeGreaterThan(1)
    expect(sequences).toEqual([...new Set(sequences)].toSorted((a, b) => a - b))
  })

  it('publishes candles that are what the trades say', async () => {
    const world = await openWorld({ rate: 200 })
    await world.start('a')
    await until(async () => {
      const own = (await world.values(cryptoCandles)).filter(({ product }) => product === btc)
      expect(own.length).toBeGreaterThan(1)
    })
    const candles = await world.values(cryptoCandles)
    const candle = candles.findLast(({ product }) => product === btc)
    const trades = (await tradesOf(world)).filter(
      (t) =>
        t.kind === 'trade' &&
        t.tradeId <= (candle?.lastTradeId ?? 0) &&
        t.at >= (candle?.openTime ?? 0),
    )
    expect(candle?.trades).toBe(trades.length)
    const prices = trades.flatMap((t) => (t.kind === 'trade' ? [t.price] : []))
    expect([candle?.high, candle?.low]).toEqual([Math.max(...prices), Math.min(...prices)])
  })

  it('publishes movers and top coins, and streams what the top coins trade as', async () => {
    const world = await openWorld()
    await world.start('a', { CRYPTO_PRODUCTS: btc })
    await until(async () => expect(await world.values(cryptoTopcoins)).not.toEqual([]))
    const [movers] = await world.values(cryptoMovers)
    const [top] = await world.values(cryptoTopcoins)
    expect(movers?.gainers24h.length).toBeGreaterThan(0)
    expect(top?.coins).toHaveLength(10)
    const symbols = top?.coins.map(({ symbol }) => symbol) ?? []
    expect(symbols).toEqual(expect.arrayContaining(['BTC', 'ETH']))
    for (const stable of ['USDT', 'USDC', 'WBTC', 'STETH']) expect(symbols).not.toContain(stable)
    const products = top?.coins.flatMap(({ product }) => product ?? []) ?? []
    await until(async () => {
      const streamed = new Set((await world.values(cryptoTicker)).map(({ product }) => product))
      expect([...streamed]).toEqual(expect.arrayContaining(products))
      expect(streamed.size).toBeGreaterThanOrEqual(10)
    })
  })
})

describe('a command', () => {
  it('fetches the lists when they have not been published', async () => {
    const world = await openWorld()
    world.sandbox.control.addFault({ kind: 'error_object', provider: 'coingecko', count: 1 })
    const replica = await world.start('a')
    await until(async () => {
      expect(await replica.metric('flux_crypto_lists_total', { outcome: 'failed' })).toBe(1)
    })
    const now = Date.now()
    const command = { id: 'c1', reason: 'missing', requestedAt: now, waitingSince: now, body: {} }
    const record = { key: 'global', value: JSON.stringify(command), headers: {} }
    await world.observer.send(refreshMovers.topic, [record])
    await until(async () => {
      expect(await world.values(cryptoMovers)).toHaveLength(1)
      expect(await world.values(cryptoTopcoins)).toHaveLength(1)
    })
  })
})
