import { cryptoTrades } from '@flux/contracts'
import type { Bus, InRecord, Stored } from '@flux/runtime'
import type { Past } from './market.ts'
import type { Candle, Ticker, Trade, TradeRecord } from './values.ts'

/** What a new leader takes over from the own topics. */
export interface Recalled extends Past {
  /** Products of the last published top coins, largest first. */
  readonly ranked: readonly string[]
}

/** Where the own topics are read. */
export interface RecallOptions {
  readonly bus: Pick<Bus, 'read'>
  readonly signal: AbortSignal
  tickers(): Promise<ReadonlyMap<string, Stored<Ticker>>>
  candles(): Promise<ReadonlyMap<string, Stored<Candle>>>
  topcoins(): Promise<ReadonlyMap<string, Stored<{ coins: readonly { product: string | null }[] }>>>
}

const parseTrade = (record: InRecord): TradeRecord | undefined => {
  try {
    const parsed = cryptoTrades.schema.safeParse(JSON.parse(record.value?.toString() ?? ''))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** The newest candle of every product. */
export const newestCandles = (candles: Iterable<Candle>): Map<string, Candle> => {
  const newest = new Map<string, Candle>()
  for (const candle of candles) {
    const held = newest.get(candle.product)
    if (!held || candle.openTime > held.openTime) newest.set(candle.product, candle)
  }
  return newest
}

/** Per product: the highest trade id that was published, and the trades that came after its newest candle. */
const readTrades = (
  records: readonly InRecord[],
  candles: ReadonlyMap<string, Candle>,
): Past['products'] => {
  const products = new Map<string, { lastTradeId: number; trades: Map<number, Trade> }>()
  for (const record of records) {
    const trade = parseTrade(record)
    if (!trade) continue
    const { product, tradeId } = trade
    const held = products.get(product) ?? { lastTradeId: -1, trades: new Map() }
    products.set(product, held)
    held.lastTradeId = Math.max(held.lastTradeId, tradeId)
    const isOpen = tradeId > (candles.get(product)?.lastTradeId ?? -1)
    if (trade.kind === 'trade' && isOpen) held.trades.set(tradeId, trade)
  }
  return new Map(
    [...new Set([...products.keys(), ...candles.keys()])].map((product) => {
      const { lastTradeId, trades } = products.get(product) ?? { trades: new Map<number, Trade>() }
      const inOrder = [...trades.values()].toSorted((a, b) => a.tradeId - b.tradeId)
      return [product, { lastTradeId, candle: candles.get(product), trades: inOrder }]
    }),
  )
}

/** Reads what a new leader needs from the own topics. Throws what the bus throws. */
export const recall = async (options: RecallOptions): Promise<Recalled> => {
  const [tickers, candles, topcoins, trades] = await Promise.all([
    options.tickers(),
    options.candles(),
    options.topcoins(),
    options.bus.read(cryptoTrades.topic, options.signal),
  ])
  const newest = newestCandles([...candles.values()].map((stored) => stored.value))
  const coins = [...topcoins.values()].flatMap((stored) => stored.value.coins)
  return {
    tickers: new Map([...tickers].map(([product, { value }]) => [product, value.sequence])),
    products: readTrades(trades, newest),
    ranked: coins.flatMap(({ product }) => product ?? []),
  }
}
