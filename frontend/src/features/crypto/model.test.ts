import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPrice, fractionLength, isTinyPrice } from '../../ui/format.ts'
import {
  coinsByProduct,
  columnFraction,
  fractionPadding,
  nextTrend,
  shareOfRange,
  symbolOf,
  type Ticker,
  type TopCoins,
} from './model.ts'

const ticker: Ticker = {
  ...{ product: 'BTC-USD', price: 1, open24h: null, high24h: null, low24h: null },
  ...{ volume24h: null, volume24hUsd: null, change24hPercent: null, bestBid: null, bestAsk: null },
  ...{ lastSize: null, side: 'buy', tradeId: 1, sequence: 1, at: 0 },
}

const coin = (rank: number, name: string, product: string | null): TopCoins['coins'][number] => ({
  id: name.toLowerCase(),
  symbol: name.slice(0, 3),
  name,
  imageUrl: null,
  priceUsd: 1,
  marketCapUsd: null,
  volume24hUsd: null,
  rank,
  product,
  change1hPercent: null,
  change24hPercent: null,
  change7dPercent: null,
})

describe('nextTrend', () => {
  it('points the way of the last move and keeps it while the price stands', () => {
    const up = nextTrend({ price: 1, direction: 'flat' }, 2)
    expect(up).toEqual({ price: 2, direction: 'up' })
    expect(nextTrend(up, 2)).toBe(up)
    expect(nextTrend(up, 1.5).direction).toBe('down')
  })
})

describe('coinsByProduct', () => {
  it('knows the coins that have a product, the first one of each', () => {
    const top = {
      at: 0,
      coins: [coin(1, 'Bitcoin', 'BTC-USD'), coin(2, 'Tron', null), coin(3, 'Other', 'BTC-USD')],
    }
    expect([...coinsByProduct(top)]).toEqual([['BTC-USD', { rank: 1, name: 'Bitcoin' }]])
    expect(coinsByProduct(undefined).size).toBe(0)
  })
})

describe('fractionPadding', () => {
  it('makes all prices of a column equally long after the point, tiny ones aside', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-12, max: 1e6, noNaN: true })), (prices) => {
        const digits = columnFraction(prices)
        const lengths = prices.map((price) => {
          const text = formatPrice(price)
          return fractionLength(text) + fractionPadding(text, digits).length
        })
        expect(lengths.filter((_, index) => !isTinyPrice(prices[index]))).toEqual(
          prices.filter((price) => !isTinyPrice(price)).map(() => digits),
        )
      }),
    )
  })
})

describe('shareOfRange', () => {
  const at = (price: number, low24h: number | null, high24h: number | null) =>
    shareOfRange({ ...ticker, price, low24h, high24h })

  it('tells where in its day a price is', () => {
    expect(at(15, 10, 20)).toBe(0.5)
    expect(at(10, 10, 20)).toBe(0)
  })

  it('stays at the end that a newer price has passed', () => {
    expect(at(21, 10, 20)).toBe(1)
    expect(at(9, 10, 20)).toBe(0)
  })

  it('says nothing where the day is not known', () => {
    expect([at(1, null, 2), at(1, 1, null), at(1, 1, 1)]).toEqual([null, null, null])
  })
})

describe('symbolOf', () => {
  it('is the coin of the product', () => {
    expect(symbolOf('BTC-USD')).toBe('BTC')
  })
})
