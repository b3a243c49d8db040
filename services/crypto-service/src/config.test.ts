import { ConfigError, loadConfig } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { cryptoSettings } from './config.ts'

const faultsOf = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    loadConfig(cryptoSettings, env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

describe('the configuration', () => {
  it('is complete without any variable: the real providers, without a key', () => {
    const config = loadConfig(cryptoSettings, {})
    expect(config.coinbaseWsUrl).toBe('wss://ws-feed.exchange.coinbase.com')
    expect(config).toMatchObject({ topCoins: 10, tickerRate: 4, coinGeckoRate: 5 })
    expect(config.coinGeckoApiKey).toBeUndefined()
    expect(config.products).toContain('BTC-USD')
    expect(config.simulated).toBe(false)
  })

  it('takes addresses with and without a slash at the end, and products once each', () => {
    const config = loadConfig(cryptoSettings, {
      COINGECKO_URL: 'http://localhost:4000/coingecko/api/v3/',
      CRYPTO_PRODUCTS: 'BTC-USD, ETH-USD,BTC-USD',
    })
    expect(config.coinGeckoUrl).toBe('http://localhost:4000/coingecko/api/v3')
    expect(config.products).toEqual(['BTC-USD', 'ETH-USD'])
  })

  it('tells all faults at once, and never the key', () => {
    const faults = faultsOf({
      COINBASE_WS_URL: 'http://example.test',
      CRYPTO_PRODUCTS: 'BTC-EUR',
      CRYPTO_TOP: '0',
      COINGECKO_API_KEY: 'not-a-real-key',
      COINGECKO_KEY_HEADER: 'cookie',
    })
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'COINBASE_WS_URL',
      'COINGECKO_KEY_HEADER',
      'CRYPTO_PRODUCTS',
      'CRYPTO_TOP',
    ])
    expect(faults.join()).not.toContain('not-a-real-key')
  })
})
