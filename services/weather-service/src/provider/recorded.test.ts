import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeHost, ProviderError } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { kindOf } from './failure.ts'
import { refineOpenMeteo } from './open-meteo.ts'
import { readAirQuality } from './open-meteo-air.ts'
import { readForecast } from './open-meteo-forecast.ts'
import { faultWords } from './open-meteo-wire.ts'
import { refineOpenWeatherMap } from './openweathermap.ts'
import { readAirPollution, readWeather } from './openweathermap-now.ts'
import { faultIn } from './openweathermap-wire.ts'

const folder = nodeHost().env['FLUX_PROVIDER_DATA'] ?? ''
const absent = folder === '' || !existsSync(folder)

const read = (file: string) => readFileSync(join(folder, file), 'utf8')
const body = (file: string): unknown => JSON.parse(read(file))

const failure = (status: number) =>
  new ProviderError('p', 'p: failed', {
    code: `http_${status}`,
    retryable: status === 429 || status >= 500,
    status,
  })

// The replies are not ours to copy: without them this one line says so, and the fixtures of the other tests stand in.
it.skipIf(absent)('finds the recorded replies: only where FLUX_PROVIDER_DATA names them', () => {
  expect(existsSync(join(folder, 'openweathermap'))).toBe(true)
  expect(existsSync(join(folder, 'open-meteo'))).toBe(true)
})

/** The recorded exchanges were made without `units`, so in kelvin. */
const inCelsius = (file: string) => {
  const exchange: { body: { main: Record<string, number> } } = JSON.parse(read(file))
  const { main } = exchange.body
  const warm = ([name, value]: [string, number]) => [
    name,
    /^(temp|feels)/.test(name) ? value - 273.15 : value,
  ]
  return { ...exchange.body, main: Object.fromEntries(Object.entries(main).map(warm)) }
}

const recorded = () => {
  describe('recorded replies of OpenWeatherMap', () => {
    it.each([
      ['lat_lon', { condition: 'rain', isDay: true, windKph: 20.52, precipitationMm: 1.52 }],
      ['name', { condition: 'rain', isDay: false, windKph: 20.52, precipitationMm: 0.51 }],
      ['zip', { condition: 'partly-cloudy', windFromDegrees: null, precipitationMm: 0 }],
    ])('are read: weather by %s', (by, expected) => {
      const current = readWeather(inCelsius(`openweathermap/weather_weather_${by}.json`))
      expect(current).toMatchObject(expected)
      expect(current.temperatureC).toBeGreaterThan(5)
      expect(current.temperatureC).toBeLessThan(12)
    })

    it('are refused in kelvin', () => {
      const exchange: { body: unknown } = JSON.parse(
        read('openweathermap/weather_weather_zip.json'),
      )
      expect(() => readWeather(exchange.body)).toThrow(/not in Celsius/)
    })

    it.each([
      ['lat50-lon50', 2, 2.14],
      ['milano-it', 3, 24.62],
      ['palmdale-us', 3, 6.86],
    ])('are read: air pollution of %s', (where, openWeatherIndex, pm25UgM3) => {
      const air = readAirPollution(body(`openweathermap/air_pollution-${where}.json`))
      expect(air).toMatchObject({ openWeatherIndex, pm25UgM3, usEpaIndex: null })
    })

    it.each([
      [401, 'key'],
      [404, 'place'],
      [429, 'limited'],
    ])('are errors of the right kind: %s', (status, kind) => {
      expect(faultIn(body(`openweathermap/${status}.json`))?.status).toBe(status)
      expect(kindOf(refineOpenWeatherMap(failure(status)))).toBe(kind)
    })
  })

  describe('recorded replies of Open-Meteo', () => {
    it('are read: a forecast with the temperature of now alone', () => {
      const { current, hourly, daily } = readForecast(
        body('open-meteo/current-berlin-2024-08-10.json'),
      )
      expect(current).toMatchObject({
        at: Date.UTC(2024, 7, 10, 15, 15),
        temperatureC: 25.8,
        condition: 'unknown',
        windKph: null,
      })
      expect([hourly, daily]).toEqual([null, null])
    })

    it('are read: air quality', () => {
      expect(readAirQuality(body('open-meteo/air-quality-berlin.json'))).toMatchObject({
        at: Date.UTC(2021, 10, 24, 23),
        ozoneUgM3: 82,
        usEpaIndex: null,
      })
    })

    it('are errors of the right kind', () => {
      const kinds = read('open-meteo/errors.jsonl')
        .trim()
        .split('\n')
        .map((line) => faultWords(JSON.parse(line)) ?? '')
        .map((words) => kindOf(refineOpenMeteo(failure(400), words)))
      expect(kinds).toEqual(['transient', 'place', 'limited'])
    })

    it.each(['geocoding-empty', 'geocoding-enschede'])('are no weather: %s', (file) => {
      expect(() => readForecast(body(`open-meteo/${file}.json`))).toThrow(ProviderError)
    })
  })
}

if (!absent) recorded()
