import type { Trade } from './values.ts'

/** A trade of BTC-USD, for tests. */
export const trade = (tradeId: number, patch: Partial<Trade> = {}): Trade => ({
  kind: 'trade',
  product: 'BTC-USD',
  tradeId,
  price: 100,
  size: 1,
  side: 'buy',
  at: 0,
  ...patch,
})
