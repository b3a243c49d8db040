import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPrice, fractionLength, isTinyPrice } from '../../ui/format.ts'
import {
  boardState,
  coinsByProduct,
  columnFraction,
  fractionPadding,
  linkOf,
  nextTrend,
  symbolOf,
  type TopCoins,
} from './model.ts'

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

describe('boardState', () => {
  it('shows rows as long as there are any, and says why there are none', () => {
    expect(boardState('waiting', 3)).toBe('rows')
    expect(boardState('refused', 3)).toBe('rows')
    expect(boardState('waiting', 0)).toBe('loading')
    expect(boardState('live', 0)).toBe('empty')
    expect(boardState('refused', 0)).toBe('refused')
  })
})

describe('linkOf', () => {
  it('takes values for old until what was missed is back', () => {
    expect(linkOf('offline')).toBe('lost')
    expect(linkOf('recovering')).toBe('lost')
    expect(linkOf('live')).toBe('up')
    expect(linkOf('session')).toBe('up')
    expect(linkOf('connecting')).toBe('waiting')
  })
})

describe('symbolOf', () => {
  it('is the coin of the product', () => {
    expect(symbolOf('BTC-USD')).toBe('BTC')
  })
})
