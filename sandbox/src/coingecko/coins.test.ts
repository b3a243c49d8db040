import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Coin, ranked, roundPrice, sorted } from './coins.ts'

const coin = fc
  .record({
    id: fc.string({ minLength: 1 }),
    market_cap: fc.option(fc.nat(), { nil: null }),
    total_volume: fc.option(fc.nat(), { nil: null }),
  })
  .map((fields): Coin => fields)
const coins = fc.uniqueArray(coin, { selector: ({ id }) => id })

describe('the order of coins', () => {
  it('puts unknown values last when falling, and loses nobody', () => {
    fc.assert(
      fc.property(coins, (list) => {
        const caps = sorted(list, 'market_cap_desc').map(({ market_cap }) => market_cap ?? -1)
        expect(caps).toEqual(list.map((c) => c.market_cap ?? -1).sort((a, b) => b - a))
        expect(sorted(list, 'nonsense')).toEqual(sorted(list, 'market_cap_desc'))
        expect(sorted(list, 'volume_asc')).toHaveLength(list.length)
      }),
    )
  })

  it('ranks only what has a cap, from 1 without a hole', () => {
    fc.assert(
      fc.property(coins, (list) => {
        const ranks = ranked(list).flatMap((c) => c['market_cap_rank'] ?? [])
        expect(ranks.toSorted((a, b) => Number(a) - Number(b))).toEqual(ranks.map((_, i) => i + 1))
        expect(ranks).toHaveLength(list.filter((c) => c.market_cap !== null).length)
      }),
    )
  })

  it('rounds large prices to whole numbers and small ones to six digits', () => {
    expect([47_836.7, 2_513.239, 0.000_008_421_239].map(roundPrice)).toEqual([
      47_837, 2_513.24, 0.000_008_421_24,
    ])
  })
})
