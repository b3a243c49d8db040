import type { Coin } from './provider/coin.ts'

/** A coin with everything known, for tests. */
export const coin = (id: string, patch: Partial<Coin> = {}): Coin => ({
  id,
  symbol: id.toUpperCase().slice(0, 12),
  name: id,
  imageUrl: null,
  priceUsd: 10,
  marketCapUsd: 1_000_000_000,
  volume24hUsd: 1_000_000,
  change1hPercent: 1,
  change24hPercent: 2,
  change7dPercent: 3,
  updatedAt: 1_780_000_000_000,
  ...patch,
})
