import { setImmediate as turn } from 'node:timers/promises'
import { createLog, createMetrics } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { createEvents } from './events.ts'
import type { Found } from './fill.ts'
import { createProduct, type ProductPast } from './product.ts'
import { trade as tradeOf } from './trades.fixture.ts'
import type { Candle, TradeRecord } from './values.ts'

const trade = (tradeId: number, at: number) => tradeOf(tradeId, { at })

const setUp = (past: Partial<ProductPast> = {}) => {
  const trades: TradeRecord[] = []
  const candles: Candle[] = []
  const asked: string[] = []
  const fatal: unknown[] = []
  const answer = Promise.withResolvers<Found>()
  const product = createProduct('BTC-USD', {
    past: { lastTradeId: 9, candle: undefined, trades: [], ...past },
    events: createEvents(createLog({ name: 'test', level: 'silent' }), createMetrics()),
    now: () => 1_000_000,
    publishTrade: async (record) => void trades.push(record),
    publishCandle: (candle) => void candles.push(candle),
    fetchRange: (id, { from, to }) => {
      asked.push(`${id} ${from}..${to}`)
      return answer.promise
    },
    onFatal: (error) => fatal.push(error),
  })
  return { product, trades, candles, asked, answer, fatal }
}

describe('a product', () => {
  it('publishes each trade, and the open minute when its time has come', async () => {
    const { product, trades, candles } = setUp()
    product.trade(trade(10, 5), false)
    product.tick()
    product.tick()
    await turn()
    expect(trades.map((t) => t.tradeId)).toEqual([10])
    expect(candles).toMatchObject([{ openTime: 0, trades: 1, revision: 0, closed: false }])
  })

  it('closes a minute a second after its end by the time of the exchange', () => {
    const { product, candles } = setUp()
    product.trade(trade(10, 5), false)
    product.heartbeat(10, 60_000)
    expect(candles).toEqual([])
    product.heartbeat(10, 61_000)
    expect(candles).toMatchObject([{ openTime: 0, closed: true }])
  })

  it('does not close a minute while a trade of it is missing', async () => {
    const { product, trades, candles, asked, answer, fatal } = setUp()
    product.trade(trade(10, 5), false)
    product.trade(trade(12, 59_500), false)
    product.heartbeat(12, 62_000)
    expect(asked).toEqual(['BTC-USD 11..11'])
    expect(candles).toEqual([])
    answer.resolve({ trades: [trade(11, 30_000)] })
    await turn()
    product.heartbeat(12, 63_000)
    expect(candles).toMatchObject([{ closed: true, trades: 3 }])
    expect(trades.map((t) => t.tradeId)).toEqual([10, 11, 12])
    expect(fatal).toEqual([])
  })

  it('does not close a minute when a heartbeat knows of a trade that has not come', () => {
    const { product, candles } = setUp()
    product.trade(trade(10, 5), false)
    product.heartbeat(11, 62_000)
    expect(candles).toEqual([])
  })

  it('goes on with the candle that was open, and with what was published after it', () => {
    const { product, candles, trades } = setUp({
      lastTradeId: 11,
      candle: {
        product: 'BTC-USD',
        openTime: 0,
        open: 90,
        high: 100,
        low: 90,
        close: 100,
        volume: 2,
        trades: 2,
        lastTradeId: 10,
        revision: 3,
        closed: false,
        at: 5,
      },
      trades: [trade(11, 6)],
    })
    product.tick()
    expect(candles).toMatchObject([{ open: 90, trades: 3, volume: 3, revision: 4 }])
    expect(trades).toEqual([])
  })

  it('ends everything when fetching does', async () => {
    const { product, answer, fatal } = setUp()
    product.trade(trade(12, 5), false)
    answer.reject(new Error('stopped'))
    await turn()
    expect(fatal).toEqual([new Error('stopped')])
  })
})
