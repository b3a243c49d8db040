import { cryptoMovers } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coin } from './coins.fixture.ts'
import { moversOf } from './movers.ts'

const now = 1_780_000_060_000
const options = { minMarketCapUsd: 1_000, count: 10, now }
const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id)

describe('movers', () => {
  it('are sorted by how much they moved, each window for itself', () => {
    const movers = moversOf(
      [
        coin('up', { change1hPercent: 3, change24hPercent: -1 }),
        coin('more', { change1hPercent: 5, change24hPercent: -9 }),
        coin('down', { change1hPercent: -2, change24hPercent: 4 }),
      ],
      options,
    )
    expect(idsOf(movers.gainers1h)).toEqual(['more', 'up'])
    expect(idsOf(movers.losers1h)).toEqual(['down'])
    expect(idsOf(movers.gainers24h)).toEqual(['down'])
    expect(idsOf(movers.losers24h)).toEqual(['more', 'up'])
  })

  it('leave out a coin without a change in that window only', () => {
    const movers = moversOf([coin('new', { change24hPercent: null })], options)
    expect(idsOf(movers.gainers1h)).toEqual(['new'])
    expect(movers.gainers24h).toEqual([])
  })

  it('leave out coins that are tiny or of unknown worth', () => {
    const coins = [
      coin('tiny', { marketCapUsd: 999 }),
      coin('unknown', { marketCapUsd: null }),
      coin('exact', { marketCapUsd: 1_000 }),
    ]
    expect(idsOf(moversOf(coins, options).gainers1h)).toEqual(['exact'])
  })

  it('leave out stable and wrapped coins', () => {
    const coins = [
      coin('tether', { symbol: 'USDT', name: 'Tether' }),
      coin('wrapped-bitcoin', { symbol: 'WBTC', name: 'Wrapped Bitcoin' }),
      coin('bitcoin', { symbol: 'BTC', name: 'Bitcoin' }),
    ]
    expect(idsOf(moversOf(coins, options).gainers24h)).toEqual(['bitcoin'])
  })

  it('leave out coins that did not move', () => {
    const movers = moversOf([coin('flat', { change1hPercent: 0 })], options)
    expect([...movers.gainers1h, ...movers.losers1h]).toEqual([])
  })

  it('order equal changes by worth and id, whatever the order of the page', () => {
    const coins = [coin('b'), coin('a'), coin('large', { marketCapUsd: 5_000_000_000 })]
    expect(idsOf(moversOf(coins, options).gainers1h)).toEqual(['large', 'a', 'b'])
    expect(idsOf(moversOf(coins.toReversed(), options).gainers1h)).toEqual(['large', 'a', 'b'])
  })

  it('are as old as the newest coin, never from the future', () => {
    expect(moversOf([coin('a')], options).at).toBe(1_780_000_000_000)
    expect(moversOf([coin('a', { updatedAt: now + 1 })], options).at).toBe(now)
    expect(moversOf([coin('a', { updatedAt: null })], options).at).toBe(now)
  })
})

const change = fc.option(fc.double({ min: -100, max: 1_000, noNaN: true }))
const coins = fc.array(
  fc
    .record({
      id: fc.stringMatching(/^[a-m]{1,3}$/),
      change1hPercent: change,
      change24hPercent: change,
      marketCapUsd: fc.option(fc.integer({ min: 0, max: 3_000 })),
    })
    .map(({ id, ...patch }) => coin(id, patch)),
  { maxLength: 60 },
)

describe('movers of any page', () => {
  it('have no coin in both lists of a window, at most ten in each, sorted, and fit the contract', () => {
    fc.assert(
      fc.property(coins, (page) => {
        const movers = moversOf(page, options)
        expect(cryptoMovers.schema.safeParse(movers).success).toBe(true)
        for (const [gainers, losers] of [
          [movers.gainers1h, movers.losers1h],
          [movers.gainers24h, movers.losers24h],
        ] as const) {
          const both = [...idsOf(gainers), ...idsOf(losers)]
          expect(new Set(both).size).toBe(both.length)
          expect(Math.max(gainers.length, losers.length)).toBeLessThanOrEqual(10)
          const up = gainers.map((m) => m.changePercent)
          const down = losers.map((m) => m.changePercent)
          expect(up).toEqual(up.toSorted((a, b) => b - a))
          expect(down).toEqual(down.toSorted((a, b) => a - b))
        }
      }),
    )
  })

  it('do not depend on the order of the page', () => {
    const unique = fc.uniqueArray(
      coins.map(([first]) => first ?? coin('z')),
      {
        selector: ({ id }) => id,
        maxLength: 20,
      },
    )
    fc.assert(
      fc.property(unique, (page) => {
        expect(moversOf(page.toReversed(), options)).toEqual(moversOf(page, options))
      }),
    )
  })
})
