import { type Coinbase, createCoinbase } from './coinbase/provider.ts'
import { createCoingecko } from './coingecko/provider.ts'
import type { MarketMode } from './finnhub/calendar.ts'
import { createFinnhub } from './finnhub/provider.ts'
import { createNewsdata } from './newsdata/provider.ts'
import { createOpenMeteo } from './open-meteo/provider.ts'
import { createOpenWeatherMap } from './openweathermap/provider.ts'
import type { Provider } from './provider.ts'

/** Everything that one sandbox stands in for: a new provider is one line here. */
export const createProviders = (options: {
  stockMarket: MarketMode
}): { coinbase: Coinbase; all: readonly Provider[] } => {
  const coinbase = createCoinbase()
  const finnhub = createFinnhub(options.stockMarket)
  const weather = [createOpenMeteo(), createOpenWeatherMap()]
  return { coinbase, all: [coinbase, createCoingecko(), finnhub, createNewsdata(), ...weather] }
}
