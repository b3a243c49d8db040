import { stockUniverse } from '@flux/contracts'
import { ConfigError, loadConfig } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { stockSettings } from './config.ts'

const faultsOf = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    loadConfig(stockSettings, env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

describe('the configuration', () => {
  it('is complete without any variable: the real provider, without a key, and 50 symbols', () => {
    const config = loadConfig(stockSettings, {})
    expect(config).toMatchObject({
      finnhubUrl: 'https://finnhub.io/api/v1',
      finnhubWsUrl: 'wss://ws.finnhub.io',
      finnhubApiKey: undefined,
      finnhubRate: 60,
      stream: false,
      simulated: false,
    })
    expect(config.symbols).toEqual(stockUniverse.map(({ symbol }) => symbol))
    expect(new Set(config.symbols).size).toBe(50)
  })

  it('takes symbols once each', () => {
    const { symbols } = loadConfig(stockSettings, { STOCK_SYMBOLS: 'AAPL, BRK.B,AAPL' })
    expect(symbols).toEqual(['AAPL', 'BRK.B'])
  })

  it('tells all faults at once, and never the key', () => {
    const faults = faultsOf({
      FINNHUB_URL: 'ftp://example.test',
      FINNHUB_WS_URL: 'http://example.test',
      FINNHUB_RATE: '0',
      FINNHUB_API_KEY: 'not-a-real-key',
      STOCK_SYMBOLS: 'aapl',
      STOCK_STREAM: 'perhaps',
    })
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'FINNHUB_URL',
      'FINNHUB_WS_URL',
      'FINNHUB_RATE',
      'STOCK_SYMBOLS',
      'STOCK_STREAM',
    ])
    expect(faults.join()).not.toContain('not-a-real-key')
  })
})
