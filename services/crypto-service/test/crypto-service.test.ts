import {
  cryptoCandles,
  cryptoMovers,
  cryptoTicker,
  cryptoTopcoins,
  cryptoTrades,
  deadLetterTopic,
  decodeMeta,
  platformSources,
  refreshMovers,
} from '@flux/contracts'
import { describe, expect, it, vi } from 'vitest'
import { byProduct, faultsIn, openWorld, type World } from './world.ts'

const until = async (check: () => Promise<void> | void) =>
  void (await vi.waitFor(check, { timeout: 20_000, interval: 50 }))

const btc = 'BTC-USD'

const tradesOf = async ({ values }: World, product = btc) =>
  byProduct(await values(cryptoTrades)).get(product) ?? []

/** Waits until so many more trades of the product are in the log. */
const grows = async (world: World, more: number, product = btc) => {
  const before = (await tradesOf(world, product)).length
  await until(async () => {
    expect((await tradesOf(world, product)).length).toBeGreaterThanOrEqual(before + more)
  })
}

/** The newest id that the market has made, by product. */
const newestId = ({ sandbox }: World, product = btc) =>
  sandbox.market.instruments.get(product)?.last().id ?? 0

const sourceOf = async ({ values }: World, provider: string) =>
  (await values(platformSources)).findLast((source) => source.provider === provider)

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

describe('what the providers get wrong', () => {
  const damages = [
    'malformed',
    'unknown_type',
    'nulls',
    'zero_open',
    'missing_fields',
    'not_an_object',
  ] as const

  it.each(damages)(
    'is counted and not published, and nothing crashes: %s frames',
    async (damage) => {
      const world = await openWorld({ rate: 200 })
      const replica = await world.start('a')
      await grows(world, 5)
      world.sandbox.control.addFault({ kind: 'garbage', damage, count: 40 })
      await until(() => expect(world.sandbox.control.state().faults).toEqual([]))
      await grows(world, 20)
      expect(faultsIn(await world.values(cryptoTrades))).toEqual([])
      const bad =
        (await replica.metric('flux_crypto_frames_total', { kind: 'malformed' })) +
        (await replica.metric('flux_crypto_frames_total', { kind: 'unknown' }))
      if (damage !== 'zero_open') expect(bad).toBeGreaterThan(0)
      expect(await world.records(deadLetterTopic)).toEqual([])
      expect(replica.exits()).toEqual([])
      const once = replica
        .logged()
        .filter(({ msg }) => String(msg).includes('logged once per kind'))
      expect(once.length).toBeLessThanOrEqual(6)
    },
  )

  it('leaves the last good lists in place, and says so', async () => {
    const world = await openWorld()
    world.sandbox.control.addFault({ kind: 'error_object', provider: 'coingecko' })
    const replica = await world.start('a')
    await until(async () => {
      const source = await sourceOf(world, 'coingecko')
      expect(source).toMatchObject({ state: 'degraded', leader: true, simulated: true })
      expect(source?.reason).toMatch(/^coingecko: /)
    })
    expect(await world.values(cryptoMovers)).toEqual([])
    expect(await replica.metric('flux_crypto_lists_total', { outcome: 'failed' })).toBe(1)
    await grows(world, 5)
  })

  it('loses a coin without a price, not the list', async () => {
    const world = await openWorld()
    const replica = await world.start('a')
    await until(async () => expect(await world.values(cryptoMovers)).toHaveLength(1))
    // The sandbox lists one coin of which nothing is known.
    expect(await replica.metric('flux_crypto_dropped_total', { what: 'coin' })).toBe(1)
  })
})

describe('a gap in the stream', () => {
  it('is filled by REST, in order', async () => {
    const world = await openWorld({ rate: 200 })
    const replica = await world.start('a')
    await grows(world, 10)
    world.sandbox.control.addFault({ kind: 'gap', product: btc, count: 12 })
    await until(() => expect(world.sandbox.control.state().faults).toEqual([]))
    await grows(world, 30)
    const trades = await tradesOf(world)
    expect(faultsIn(trades)).toEqual([])
    expect(trades.every(({ kind }) => kind === 'trade')).toBe(true)
    expect(
      await replica.metric('flux_crypto_gap_trades_total', { outcome: 'filled' }),
    ).toBeGreaterThanOrEqual(12)
  })

  it('is marked where REST does not answer', async () => {
    const world = await openWorld({ rate: 200 })
    const replica = await world.start('a')
    await grows(world, 10)
    world.sandbox.control.addFault({ kind: 'status', status: 404, provider: 'coinbase' })
    world.sandbox.control.addFault({ kind: 'gap', product: btc, count: 3 })
    await until(async () => {
      expect((await tradesOf(world)).some(({ kind }) => kind === 'gap')).toBe(true)
    })
    await grows(world, 10)
    expect(faultsIn(await tradesOf(world))).toEqual([])
    expect(
      await replica.metric('flux_crypto_gap_trades_total', { outcome: 'missing' }),
    ).toBeGreaterThanOrEqual(3)
  })

  it('that a silent connection leaves is filled after the reconnect', async () => {
    const world = await openWorld({ rate: 200 })
    const replica = await world.start('a')
    await grows(world, 10)
    world.sandbox.control.addFault({ kind: 'silent' })
    await until(async () => {
      expect(
        await replica.metric('flux_crypto_feed_connections_total', { event: 'closed' }),
      ).toBeGreaterThan(0)
    })
    expect(replica.logged().some(({ reason }) => reason === 'heartbeat')).toBe(true)
    world.sandbox.control.clearFaults()
    const reached = newestId(world)
    await until(async () => {
      expect((await tradesOf(world)).at(-1)?.tradeId).toBeGreaterThan(reached)
    })
    const trades = await world.values(cryptoTrades)
    expect(faultsIn(trades)).toEqual([])
    expect(trades.every(({ kind }) => kind === 'trade')).toBe(true)
    await until(async () =>
      expect(await sourceOf(world, 'coinbase')).toMatchObject({ state: 'ok' }),
    )
  })
})

describe('two replicas', () => {
  /** Identities of the records of one product, and so of one partition, in the order of the log. */
  const ids = async (world: World) =>
    (await world.records(cryptoTrades.topic)).flatMap(({ key, headers }) =>
      key === btc ? (decodeMeta(headers)?.id ?? '') : [],
    )

  it.each([
    ['stops', 'stop'],
    ['is cut off', 'cut'],
  ] as const)(
    'publish one at a time, and no trade id is missing when the first %s',
    async (_, how) => {
      const world = await openWorld({ rate: 200 })
      const first = await world.start('first')
      await grows(world, 20)
      const second = await world.start('second')
      await grows(world, 20)
      expect((await ids(world)).every((id) => id.startsWith('first-'))).toBe(true)
      expect(await second.metric('flux_crypto_frames_total')).toBe(0)
      await first[how]()
      const reached = newestId(world)
      await until(async () => {
        expect((await tradesOf(world)).at(-1)?.tradeId).toBeGreaterThan(reached)
      })
      await grows(world, 20)
      expect((await ids(world)).at(-1)).toMatch(/^second-/)
      const trades = await world.values(cryptoTrades)
      expect(faultsIn(trades)).toEqual([])
      expect(trades.every(({ kind }) => kind === 'trade')).toBe(true)
      expect(first.exits().filter((code) => code !== 0)).toEqual([])
    },
  )

  it('build one candle across the change of leader', async () => {
    const world = await openWorld({ rate: 200 })
    const first = await world.start('first')
    await world.start('second')
    await grows(world, 20)
    await first.stop()
    await grows(world, 40)
    const { openTime = 0 } =
      (await world.values(cryptoCandles)).findLast(({ product }) => product === btc) ?? {}
    await until(async () => {
      const candle = (await world.values(cryptoCandles)).findLast(({ product }) => product === btc)
      const own = (await tradesOf(world)).filter(
        (t) => t.at >= openTime && t.tradeId <= (candle?.lastTradeId ?? 0),
      )
      expect(candle?.openTime === openTime ? candle.trades : own.length).toBe(own.length)
    })
    const versions = (await world.values(cryptoCandles))
      .filter((candle) => candle.product === btc && candle.openTime === openTime)
      .map(cryptoCandles.versionOf)
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b))
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
