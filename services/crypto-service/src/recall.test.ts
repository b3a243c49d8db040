import { cryptoTrades } from '@flux/contracts'
import type { InRecord, Stored } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { newestCandles, recall } from './recall.ts'
import { trade as tradeOf } from './trades.fixture.ts'
import type { Candle, Ticker } from './values.ts'

const candle = (openTime: number, patch: Partial<Candle> = {}): Candle => ({
  product: 'BTC-USD',
  openTime,
  open: 1,
  high: 1,
  low: 1,
  close: 1,
  volume: 1,
  trades: 1,
  lastTradeId: openTime / 1_000,
  revision: 0,
  closed: false,
  at: openTime,
  ...patch,
})

const trade = (tradeId: number, product = 'BTC-USD') =>
  tradeOf(tradeId, { product, at: tradeId * 1_000 })

const record = (value: string | null, offset: number): InRecord => ({
  topic: cryptoTrades.topic,
  partition: 0,
  offset,
  timestamp: 0,
  key: 'BTC-USD',
  value: value === null ? null : Buffer.from(value),
  headers: {},
})

const stored = <V>(value: V): Stored<V> => ({
  ...{ key: 'k', value, at: 0, version: 0, source: 's', simulated: false, id: 'i' },
  ...{ partition: 0, offset: 0, appendedAt: 0 },
})

const recallWith = (trades: readonly (string | null)[], candles: readonly Candle[]) =>
  recall({
    bus: { read: async () => trades.map(record) },
    signal: new AbortController().signal,
    tickers: async () => new Map<string, Stored<Ticker>>(),
    candles: async () => new Map(candles.map((c, i) => [String(i), stored(c)])),
    topcoins: async () =>
      new Map([['global', stored({ coins: [{ product: 'ETH-USD' }, { product: null }] })]]),
  })

describe('what a new leader takes over', () => {
  it('is the newest candle of each product', () => {
    const other = candle(120_000, { product: 'ETH-USD' })
    const newest = newestCandles([candle(60_000), other, candle(180_000), candle(120_000)])
    expect([...newest.values()].map((c) => [c.product, c.openTime])).toEqual([
      ['BTC-USD', 180_000],
      ['ETH-USD', 120_000],
    ])
  })

  it('is the last trade id, and the trades since the candle, each once and in order', async () => {
    const trades = [58, 62, 61, 61].map((id) => JSON.stringify(trade(id)))
    const { products, ranked } = await recallWith(trades, [candle(60_000)])
    const past = products.get('BTC-USD')
    expect(past?.lastTradeId).toBe(62)
    expect(past?.trades.map((t) => t.tradeId)).toEqual([61, 62])
    expect(ranked).toEqual(['ETH-USD'])
  })

  it('counts a gap marker as known, but not as a trade', async () => {
    const gap = { kind: 'gap', product: 'BTC-USD', fromTradeId: 63, tradeId: 70, at: 0 }
    const { products } = await recallWith([JSON.stringify(trade(62)), JSON.stringify(gap)], [])
    expect(products.get('BTC-USD')?.lastTradeId).toBe(70)
    expect(products.get('BTC-USD')?.trades).toHaveLength(1)
  })

  it('leaves out records that cannot be read', async () => {
    const { products } = await recallWith([null, '{', '{"kind":"trade"}'], [])
    expect(products.size).toBe(0)
  })
})
