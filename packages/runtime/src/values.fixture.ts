import type { CommandRecord } from '@flux/contracts'

/** Empty lists of movers. */
export const movers = (at: number) => ({
  at,
  gainers1h: [],
  losers1h: [],
  gainers24h: [],
  losers24h: [],
})

/** A trade with a price that does not matter. */
export const trade = (product: string, tradeId: number, at: number) =>
  ({ kind: 'trade', product, tradeId, price: 1, size: 1, side: 'buy', at }) as const

/** A ticker whose version is `sequence`; what is not needed is unknown. */
export const ticker = (sequence: number, at: number) => ({
  product: 'BTC-USD',
  price: 60_000 + sequence,
  open24h: null,
  high24h: null,
  low24h: null,
  volume24h: null,
  volume24hUsd: null,
  change24hPercent: null,
  bestBid: null,
  bestAsk: null,
  lastSize: null,
  side: 'buy' as const,
  tradeId: sequence,
  sequence,
  at,
})

/** A command that somebody asked for at `requestedAt`. */
export const command = (id: string, requestedAt: number): CommandRecord => ({
  id,
  reason: 'missing',
  requestedAt,
  waitingSince: requestedAt,
  body: {},
})
