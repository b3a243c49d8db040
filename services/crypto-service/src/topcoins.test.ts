import { cryptoTopcoins } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coin } from './coins.fixture.ts'
import { rankCoins, topcoinsOf } from './topcoins.ts'

const options = { count: 10, now: 1_780_000_060_000 }
const products = new Set(['BTC-USD', 'ETH-USD', 'XRP-USD'])

describe('top coins', () => {
  const page = [
    coin('ripple', { symbol: 'XRP', marketCapUsd: 10 }),
    coin('bitcoin', { symbol: 'BTC', marketCapUsd: 100 }),
    coin('tether', { symbol: 'USDT', marketCapUsd: 90 }),
    coin('tron', { symbol: 'TRX', marketCapUsd: 20 }),
    coin('batcat', { symbol: 'BTC', marketCapUsd: 1 }),
    coin('nobody', { symbol: 'NOB', marketCapUsd: null }),
  ]

  it('are ranked by worth without stable coins, and name the product where there is one', () => {
    const { coins } = topcoinsOf(rankCoins(page, products), options)
    expect(coins.map(({ id, rank, product }) => [id, rank, product])).toEqual([
      ['bitcoin', 1, 'BTC-USD'],
      ['tron', 2, null],
      ['ripple', 3, 'XRP-USD'],
      ['batcat', 4, null],
    ])
  })

  it('are as many as asked for', () => {
    expect(topcoinsOf(rankCoins(page, products), { ...options, count: 2 }).coins).toHaveLength(2)
  })

  it('give no product to two coins, and fit the contract', () => {
    const any = fc.array(
      fc
        .record({
          id: fc.stringMatching(/^[a-z]{1,6}$/),
          symbol: fc.constantFrom('BTC', 'ETH', 'XRP', 'ADA'),
          marketCapUsd: fc.option(fc.integer({ min: 0, max: 100 })),
        })
        .map(({ id, ...patch }) => coin(id, patch)),
    )
    fc.assert(
      fc.property(any, (coins) => {
        const ranked = rankCoins(coins, products)
        const own = ranked.flatMap(({ product }) => product ?? [])
        expect(new Set(own).size).toBe(own.length)
        const caps = ranked.map(({ coin: c }) => c.marketCapUsd ?? -1)
        expect(caps).toEqual(caps.toSorted((a, b) => b - a))
        expect(cryptoTopcoins.schema.safeParse(topcoinsOf(ranked, options)).success).toBe(true)
      }),
    )
  })
})
