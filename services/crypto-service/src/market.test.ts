import { setImmediate as turn } from 'node:timers/promises'
import { createLog, createMetrics } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { createEvents } from './events.ts'
import { createMarket } from './market.ts'
import { parseFrame } from './provider/coinbase-frames.ts'

const setUp = (tickers: readonly (readonly [string, number])[] = []) => {
  const published: string[] = []
  const market = createMarket({
    past: { tickers: new Map(tickers), products: new Map() },
    events: createEvents(createLog({ name: 'test', level: 'silent' }), createMetrics()),
    now: () => 0,
    publishTicker: (t) => void published.push(`${t.product} ${t.sequence}`),
    removeTicker: (product, version) => void published.push(`${product} removed at ${version}`),
    publishCandle: () => {},
    publishTrade: async (t) => void published.push(`${t.product} #${t.tradeId}`),
    fetchRange: async () => ({ trades: [] }),
    onFatal: (error) => void published.push(String(error)),
  })
  return { market, published }
}

const time = '2026-03-01T12:00:00.000001Z'
const ticker = (product: string, sequence: number) =>
  parseFrame(
    JSON.stringify({
      ...{ type: 'ticker', product_id: product, sequence, trade_id: 1, time, side: 'buy' },
      price: '1.5',
    }),
  )
const match = (product: string, id: number) =>
  parseFrame(
    JSON.stringify({
      ...{ type: 'match', product_id: product, trade_id: id, time, side: 'buy', sequence: id },
      ...{ price: '1.5', size: '2' },
    }),
  )

describe('a market', () => {
  it('publishes what its products do, and ignores all others', async () => {
    const { market, published } = setUp()
    market.setProducts(['A-USD'])
    market.frame(ticker('A-USD', 5))
    market.frame(ticker('B-USD', 5))
    market.frame(match('A-USD', 1))
    market.frame(match('B-USD', 1))
    await turn()
    expect(published).toEqual(['A-USD 5', 'A-USD #1'])
  })

  it('drops tickers that are not newer than what was published', () => {
    const { market, published } = setUp([['A-USD', 5]])
    market.setProducts(['A-USD'])
    market.frame(ticker('A-USD', 5))
    market.frame(ticker('A-USD', 6))
    expect(published).toEqual(['A-USD 6'])
  })

  it('removes the tickers of products that leave, also those of a leader before', () => {
    const { market, published } = setUp([['OLD-USD', 7]])
    market.setProducts(['A-USD'])
    market.frame(ticker('A-USD', 5))
    market.setProducts([])
    expect(published).toEqual(['OLD-USD removed at 7', 'A-USD 5', 'A-USD removed at 5'])
  })

  it('goes on where it was with a product that comes back', async () => {
    const { market, published } = setUp()
    market.setProducts(['A-USD'])
    market.frame(match('A-USD', 1))
    market.setProducts([])
    market.setProducts(['A-USD'])
    market.frame(match('A-USD', 1))
    market.frame(match('A-USD', 2))
    await turn()
    expect(published).toEqual(['A-USD #1', 'A-USD #2'])
  })

  it('publishes nothing of frames that cannot be read or that nobody knows', () => {
    const { market, published } = setUp()
    market.setProducts(['A-USD'])
    for (const text of ['{', '[]', '{"type":"l2update"}', '{"type":"error","message":"x"}']) {
      market.frame(parseFrame(text))
    }
    expect(published).toEqual([])
  })
})
