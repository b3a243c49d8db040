import {
  cacheKey,
  cryptoCandles,
  cryptoTicker,
  cryptoTopcoins,
  refreshMovers,
  refreshTopcoins,
} from '@flux/contracts'
import { type ConfigOf, createBudget, type Service } from '@flux/runtime'
import type { cryptoSettings } from './config.ts'
import { createEvents } from './events.ts'
import { createFeedHealth } from './feed-health.ts'
import { type LeadOptions, lead } from './lead.ts'
import { createLists } from './lists.ts'
import { createCoinbaseRest } from './provider/coinbase-rest.ts'
import { createCoinGecko } from './provider/coingecko.ts'
import { recall } from './recall.ts'
import { createRefresh } from './refresh.ts'

/** The configuration of crypto-service. */
export type CryptoConfig = ConfigOf<typeof cryptoSettings>

const openProviders = ({ config, cache, clock, random, sources }: Service<CryptoConfig>) => {
  const onCall = sources.called
  const budget = (provider: string, limit: number, windowMs: number) =>
    createBudget({ key: cacheKey.budget(provider), limit, windowMs, cache, clock, random })
  const key = config.coinGeckoApiKey
  return {
    coinbase: createCoinbaseRest({
      url: config.coinbaseRestUrl,
      budget: budget('coinbase', config.coinbaseRestRate, 1_000),
      ...{ clock, onCall },
    }),
    coinGecko: createCoinGecko({
      url: config.coinGeckoUrl,
      headers: key === undefined ? {} : { [config.coinGeckoKeyHeader]: key },
      ...{ clock, onCall },
    }),
    coinGeckoBudget: budget('coingecko', config.coinGeckoRate, 60_000),
  }
}

const recallFrom = (service: Service<CryptoConfig>) => (signal: AbortSignal) =>
  recall({
    bus: service.bus,
    signal,
    tickers: () => service.newest(cryptoTicker, signal),
    candles: () => service.newest(cryptoCandles, signal),
    topcoins: () => service.newest(cryptoTopcoins, signal),
  })

/** Puts the service together: commands on every replica, streaming and polling on the leader. */
export const startCrypto = async (service: Service<CryptoConfig>): Promise<void> => {
  const { config, clock, random, sources } = service
  const { simulated } = config
  const events = createEvents(service.log, service.metrics)
  const { coinbase, coinGecko, coinGeckoBudget } = openProviders(service)
  const refresh = createRefresh({
    publish: service.publish,
    events,
    simulated,
    fetch: createLists({
      ...{ coinGecko, coinbase, clock, events },
      budget: coinGeckoBudget,
      assumed: config.products,
      minMarketCapUsd: config.moversMinMarketCapUsd,
      moversCount: config.moversCount,
      topCoins: config.topCoins,
    }),
  })
  for (const provider of ['coinbase', 'coingecko']) sources.report(provider, { simulated })
  service.handle(refreshMovers, (_, { signal }) => refresh.onCommand(signal))
  service.handle(refreshTopcoins, (_, { signal }) => refresh.onCommand(signal))
  const options: LeadOptions = {
    ...{ clock, random, events, coinbase, simulated },
    health: createFeedHealth(sources),
    feedUrl: config.coinbaseWsUrl,
    tickerRate: config.tickerRate,
    maxPages: config.backfillPages,
    configured: config.products,
    topCoins: config.topCoins,
    everyMs: config.coinGeckoEverySeconds * 1_000,
    recall: recallFrom(service),
    refresh: refresh.now,
  }
  service.lead((leader) => lead(options, leader), { polls: ['coingecko'] })
}
