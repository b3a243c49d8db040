import { ConfigError, loadConfig } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { weatherSettings } from './config.ts'

const faultsOf = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    loadConfig(weatherSettings, env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

describe('the configuration', () => {
  it('is complete without any variable: Open-Meteo, within its limits', () => {
    const config = loadConfig(weatherSettings, {})
    expect(config).toMatchObject({
      openMeteoUrl: 'https://api.open-meteo.com',
      openMeteoAirQualityUrl: 'https://air-quality-api.open-meteo.com',
      openMeteoRate: 300,
      openMeteoDaily: 8_000,
      openWeatherMapRate: 54,
      simulated: false,
    })
    expect(config.openWeatherMapApiKey).toBeUndefined()
  })

  it('takes addresses with and without a slash at the end, and an empty key for none', () => {
    const config = loadConfig(weatherSettings, {
      OPEN_METEO_URL: 'http://localhost:4000/open-meteo/',
      OPENWEATHERMAP_API_KEY: '',
    })
    expect(config.openMeteoUrl).toBe('http://localhost:4000/open-meteo')
    expect(config.openWeatherMapApiKey).toBeUndefined()
  })

  it('tells all faults at once, and never the key', () => {
    const faults = faultsOf({
      OPEN_METEO_URL: 'ftp://example.test',
      OPENWEATHERMAP_RATE: '0',
      OPENWEATHERMAP_API_KEY: 'not-a-real-key',
      SIMULATED: 'perhaps',
    })
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'OPENWEATHERMAP_RATE',
      'OPEN_METEO_URL',
      'SIMULATED',
    ])
    expect(faults.join()).not.toContain('not-a-real-key')
  })
})
