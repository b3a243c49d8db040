import { describe, expect, it } from 'vitest'
import type { TopCoins } from './model.ts'
import { type Movers, moverLists } from './movers.ts'

const mover = (id: string, changePercent: number): Movers['gainers1h'][number] => ({
  ...{ id, symbol: id.slice(0, 3), name: id, imageUrl: null, priceUsd: 1 },
  ...{ marketCapUsd: null, volume24hUsd: null, changePercent },
})

const movers: Movers = {
  at: 0,
  gainers1h: [mover('solana', 3), mover('tron', 2)],
  losers1h: [],
  gainers24h: Array.from({ length: 20 }, (_, index) => mover(`coin-${index}`, 20 - index)),
  losers24h: [mover('bitcoin', -1)],
}

const top: TopCoins = {
  at: 0,
  coins: [
    {
      ...{ ...mover('solana', 0), rank: 5, product: 'SOL-USD' },
      ...{ change1hPercent: 3, change24hPercent: 0, change7dPercent: null },
    },
  ],
}

describe('moverLists', () => {
  it('gives the lists of the window', () => {
    expect(moverLists(movers, '1h', top).gainers.map(({ id }) => id)).toEqual(['solana', 'tron'])
    expect(moverLists(movers, '24h', top).losers.map(({ id }) => id)).toEqual(['bitcoin'])
    expect(moverLists(movers, '24h', top).gainers).toHaveLength(8)
  })

  it('knows the product of a coin by its id alone', () => {
    const { gainers } = moverLists(movers, '1h', top)
    expect(gainers.map(({ product }) => product)).toEqual(['SOL-USD', null])
    expect(moverLists(movers, '1h', undefined).gainers[0]?.product).toBeNull()
  })
})
