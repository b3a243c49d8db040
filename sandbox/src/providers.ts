import { type Coinbase, createCoinbase } from './coinbase/provider.ts'
import { createCoingecko } from './coingecko/provider.ts'
import type { Provider } from './provider.ts'

/** Everything that one sandbox stands in for: a new provider is one line here. */
export const createProviders = (): { coinbase: Coinbase; all: readonly Provider[] } => {
  const coinbase = createCoinbase()
  return { coinbase, all: [coinbase, createCoingecko()] }
}
