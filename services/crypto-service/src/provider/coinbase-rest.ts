import { type Budget, type Clock, fetchJson, type OnCall, ProviderError } from '@flux/runtime'
import * as z from 'zod'
import type { Trade } from '../values.ts'
import { tradeOf } from './coinbase-trade.ts'
import { productWire, tradeWire } from './coinbase-wire.ts'

const provider = 'coinbase'
const timeoutMs = 8_000

/** Most trades of one page. */
const tradesPerPage = 1_000

/** A page of trades, newest first, and the id that the next older page ends before. */
export interface TradePage {
  readonly trades: readonly Trade[]
  /** `undefined` when there is nothing older. */
  readonly olderThan: number | undefined
}

/** The REST interface of the exchange. All calls throw ProviderError. */
export interface CoinbaseRest {
  /** Ids of the products that trade in USD now. */
  products(signal: AbortSignal): Promise<ReadonlySet<string>>
  /** Up to 1,000 trades with ids below `olderThan`, newest first. */
  trades(product: string, olderThan: number, signal: AbortSignal): Promise<TradePage>
}

/** Items are checked one by one: a list with one bad item loses that item, not the list. */
const items = <T>(list: readonly unknown[], schema: z.ZodType<T>): T[] =>
  list.flatMap((item) => {
    const parsed = schema.safeParse(item)
    return parsed.success ? [parsed.data] : []
  })

const cursorOf = (headers: Headers, trades: readonly Trade[]): number | undefined => {
  const header = Number(headers.get('cb-after') ?? Number.NaN)
  if (Number.isSafeInteger(header) && header > 0) return header
  return trades.at(-1)?.tradeId
}

/** Calls are paid from `budget`: the exchange limits them per address. */
export const createCoinbaseRest = (options: {
  url: string
  budget: Budget
  clock: Clock
  onCall?: OnCall
}): CoinbaseRest => {
  const get = async (path: string, signal: AbortSignal) => {
    if (!(await options.budget.take(signal, { maxWaitMs: 20_000 }))) {
      const failure = { code: 'budget_exceeded', retryable: true }
      throw new ProviderError(provider, 'coinbase: no call is free for 20 s', failure)
    }
    return await fetchJson({
      provider,
      url: `${options.url}${path}`,
      timeoutMs,
      maxBytes: 4_000_000,
      schema: z.array(z.unknown()),
      signal,
      clock: options.clock,
      onCall: options.onCall,
    })
  }
  return {
    products: async (signal) => {
      const { value } = await get('/products', signal)
      const open = items(value, productWire).filter(
        (p) =>
          p.quote_currency === 'USD' &&
          p.trading_disabled !== true &&
          (p.status ?? 'online') === 'online',
      )
      return new Set(open.map((p) => p.id))
    },
    trades: async (product, olderThan, signal) => {
      const path = `/products/${product}/trades?limit=${tradesPerPage}&after=${olderThan}`
      const { value, headers } = await get(path, signal)
      const trades = items(value, tradeWire).map((wire) => tradeOf(product, wire))
      return { trades, olderThan: cursorOf(headers, trades) }
    },
  }
}
