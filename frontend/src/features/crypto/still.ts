import type { Held } from '@flux/client'
import { type Condition, heldIn } from '../../panels/states.ts'
import type { StillContent } from '../../panels/still-client.ts'
import type { Series } from '../../ui/sparkline-path.ts'
import type { Candle } from './candles.ts'
import type { Ticker, TopCoins } from './model.ts'
import type { Movers } from './movers.ts'
import type { TradeRecord } from './tape.ts'

const minute = 60_000

/** Symbol, name, price and change of a day. The last two are as small and as large as prices get. */
const market = [
  ['BTC', 'Bitcoin', 91_234.12, 1.24],
  ['ETH', 'Ethereum', 3_120.5, -0.82],
  ['XRP', 'XRP', 2.0841, 3.4],
  ['SOL', 'Solana', 142.16, -2.17],
  ['DOGE', 'Dogecoin', 0.14213, 0],
  ['ADA', 'Cardano', 0.4021, -4.05],
  ['AVAX', 'Avalanche', 13.442, 0.4],
  ['LINK', 'Chainlink', 13.08, null],
  ['TINY', 'A coin with a name that is longer than its column', 0.00000012, 12.5],
  ['HUGE', 'Large', 1_234_567, -0.01],
] as const

/** A smooth course of a factor around 1: the same for the same seed. */
const waveAt = (seed: number, step: number): number =>
  1 + 0.004 * Math.sin(step / 9 + seed) + 0.0012 * Math.sin(step / 2.3 + seed * 3)

const tickerOf = (index: number, at: number): Ticker => {
  const [symbol, , price, change] = market[index] ?? market[0]
  return {
    ...{ product: `${symbol}-USD`, price, open24h: price, sequence: 1, tradeId: 1_000, at },
    ...{ high24h: price * 1.02, low24h: price * (0.99 - index / 300), side: 'buy', lastSize: 1 },
    ...{ volume24h: 2e9 / price, volume24hUsd: 2e9 / (index + 1), change24hPercent: change },
    ...{ bestBid: price * 0.9999, bestAsk: price * 1.0001 },
  }
}

const courseOf = (index: number, at: number): Series => {
  const price = market[index]?.[2] ?? 1
  const steps = Array.from({ length: 100 }, (_, step) => step).filter((s) => s < 55 || s > 64)
  return {
    t: steps.map((step) => at - (100 - step) * 36_000),
    v: steps.map((step) => price * waveAt(index, step)),
  }
}

const topCoins = (at: number): TopCoins => ({
  at,
  coins: market.map(([symbol, name, priceUsd, change24hPercent], index) => ({
    ...{ id: name.toLowerCase(), symbol: symbol.toLowerCase(), name, imageUrl: null, priceUsd },
    ...{ marketCapUsd: 1.8e12 / (index + 1), volume24hUsd: 2e9, rank: index + 1 },
    ...{ product: `${symbol}-USD`, change24hPercent, change1hPercent: 0.21, change7dPercent: -3.1 },
  })),
})

const listOf = (sign: 1 | -1): Movers['gainers1h'] =>
  market.map(([symbol, name, priceUsd], index) => ({
    ...{ id: name.toLowerCase(), symbol, name, imageUrl: null, priceUsd },
    ...{ marketCapUsd: null, volume24hUsd: null, changePercent: sign * (24 / (index + 1)) },
  }))

const moversAt = (at: number): Movers => ({
  at,
  ...{ gainers1h: listOf(1), losers1h: [], gainers24h: listOf(1), losers24h: listOf(-1) },
})

/** What a client holds that shows the table of coins. */
export const stillCrypto = (condition: Condition): StillContent => {
  const { at } = condition
  const hold = <Value>(value: Value): Held<Value> => heldIn(condition, { value, at })
  const products = market.map((_, index) => tickerOf(index, at))
  return {
    user: { watchlist: ['BTC-USD', 'SOL-USD'] },
    values: {
      'crypto.ticker': Object.fromEntries(products.map((one) => [one.product, hold(one)])),
      'crypto.topcoins': { global: hold(topCoins(at)) },
      'crypto.movers': { global: hold(moversAt(at)) },
    },
    samples: Object.fromEntries(
      products.map(({ product }, index) => [product, courseOf(index, at)]),
    ),
  }
}

/** A course that ends at the newest price. */
const level = (step: number): number => (91_234.12 * waveAt(0, step)) / waveAt(0, 1)

const candleAt = (at: number, back: number): Candle => {
  const openTime = Math.floor(at / minute) * minute - back * minute
  const open = level(-back)
  const close = level(1 - back)
  return {
    ...{ product: 'BTC-USD', openTime, open, close, trades: 20, lastTradeId: 1, revision: 999 },
    ...{ high: Math.max(open, close) * 1.0006, low: Math.min(open, close) * 0.9995 },
    ...{ volume: 3 + 2 * Math.sin(back / 3), closed: true, at: openTime + minute },
  }
}

const tradeAt = (at: number, back: number): TradeRecord => {
  const common = { product: 'BTC-USD', tradeId: 1_000 - back, at: at - back * 700 }
  return back === 6
    ? { ...common, kind: 'gap', fromTradeId: common.tradeId - 1_203 }
    : {
        ...{ ...common, kind: 'trade', side: back % 3 === 0 ? 'sell' : 'buy' },
        ...{ price: Math.round(91_234 * waveAt(1, back) * 100) / 100, size: 0.0421 / (back + 1) },
      }
}

const backTo = (count: number): number[] => Array.from({ length: count }, (_, step) => step)

/** What a client holds that shows the details of Bitcoin. */
export const stillProduct = (condition: Condition): StillContent => {
  const { at } = condition
  const crypto = stillCrypto(condition)
  // Ten minutes without a trade have no candles.
  const candles = backTo(200)
    .filter((back) => back < 40 || back >= 50)
    .map((back) => candleAt(at, back))
  const trades = backTo(12)
    .map((back) => tradeAt(at, back))
    .reverse()
  return {
    ...crypto,
    values: {
      ...crypto.values,
      'crypto.candles': Object.fromEntries(
        candles.map((value) => [
          `BTC-USD@${value.openTime}`,
          heldIn(condition, { value, at: value.at }),
        ]),
      ),
    },
    records: {
      'crypto.trades': {
        'BTC-USD': trades.map((value) => heldIn(condition, { value, at: value.at })),
      },
    },
  }
}
