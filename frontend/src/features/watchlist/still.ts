import type { Held, Samples } from '@flux/client'
import type { ValueByName } from '@flux/contracts'
import type { Condition } from '../../panels/states.ts'
import { heldIn } from '../../panels/states.ts'
import type { StillContent } from '../../panels/still-client.ts'

const minute = 60_000

const coins = [
  ['BTC-USD', 97_204.11, 2.31],
  ['PEPE-USD', 0.000_000_12, -6.4],
  ['YFI-USD', 1_234_567, 0.02],
] as const
const shares = [
  ['NVDA', 187.42, 3.81],
  ['AAPL', 259.9, -0.42],
  ['BRK.B', 498.02, null],
] as const

const ticker = (product: string, price: number, change24hPercent: number, at: number) => ({
  ...({ product, price, change24hPercent, at, side: 'buy', tradeId: 1, sequence: 1 } as const),
  ...{ open24h: null, high24h: null, low24h: null, volume24h: null, volume24hUsd: null },
  ...{ bestBid: null, bestAsk: null, lastSize: null },
})

const quote = (symbol: string, price: number, changePercent: number | null, at: number) => ({
  ...{ symbol, price, changePercent, at, change: null },
  ...{ open: null, high: null, low: null, previousClose: null },
})

/** An hour that ends at a price; without a few minutes in its middle. */
const course = (price: number, at: number): Samples => {
  const steps = Array.from({ length: 60 }, (_, index) => index).filter((i) => i < 24 || i > 32)
  return {
    t: steps.map((index) => at - (59 - index) * minute),
    v: steps.map((index) => price * (1 + Math.sin(index / 7) / 90 + (index - 59) / 2_000)),
  }
}

const marketOf = (condition: Condition): Held<ValueByName['stock.performers']> =>
  heldIn(condition, {
    at: condition.at,
    value: {
      ...{ market: 'US', status: 'open', holiday: null, nextChangeAt: null, quotesAt: null },
      ...{ gainers: [], losers: [], at: condition.at },
    } as const,
  })

/** What a client holds that watches coins and shares, from the smallest price to the largest. */
export const stillWatchlist = (condition: Condition): StillContent => {
  const { at } = condition
  return {
    user: { watchlist: [...coins, ...shares].map(([id]) => id) },
    samples: Object.fromEntries(
      [...coins, ...shares].map(([id, price]) => [id, course(price, at)]),
    ),
    values: {
      'crypto.ticker': Object.fromEntries(
        coins.map(([id, price, change]) => [
          id,
          heldIn(condition, { value: ticker(id, price, change, at), at }),
        ]),
      ),
      'stock.quotes': Object.fromEntries(
        shares.map(([id, price, change]) => [
          id,
          heldIn(condition, { value: quote(id, price, change, at), at }),
        ]),
      ),
      'stock.performers': { US: marketOf(condition) },
    },
  }
}
