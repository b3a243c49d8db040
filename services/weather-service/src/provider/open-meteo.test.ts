import { weather } from '@flux/contracts'
import { ProviderError } from '@flux/runtime'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fetchedValue } from '../answer.ts'
import { oslo } from '../weather.fixture.ts'
import { kindOf } from './failure.ts'
import { airBody, forecastBody } from './open-meteo.fixture.ts'
import { refineOpenMeteo } from './open-meteo.ts'
import { readAirQuality } from './open-meteo-air.ts'
import { readForecast } from './open-meteo-forecast.ts'
import { localTime } from './open-meteo-time.ts'

const now = Date.UTC(2026, 6, 8, 12, 15)

describe('a forecast of Open-Meteo', () => {
  it('has the weather of now in our units, times in epoch milliseconds', () => {
    expect(readForecast(forecastBody).current).toEqual({
      at: now,
      condition: 'rain',
      isDay: true,
      temperatureC: 18.4,
      feelsLikeC: 17.9,
      humidityPercent: 61,
      pressureHpa: 1_009.6,
      visibilityM: null,
      cloudPercent: 88,
      windKph: 14.4,
      windGustKph: 29.2,
      windFromDegrees: 231,
      // 0.3 mm in a quarter of an hour.
      precipitationMm: 1.2,
    })
  })

  it.each([
    ['m/s', 51.84],
    ['mp/h', 23.17],
    ['kn', 26.67],
    ['furlongs', null],
  ])('has wind in km/h where the reply says %s', (unit, expected) => {
    const body = { ...forecastBody, current_units: { wind_speed_10m: unit } }
    expect(readForecast(body).current.windKph).toBe(expected)
  })

  it('has the running hour and the next ones, at most 48, holes as null', () => {
    const hourly = readForecast(forecastBody).hourly ?? []
    expect(hourly).toHaveLength(48)
    expect(hourly[0]).toEqual({
      at: Date.UTC(2026, 6, 8, 12),
      condition: 'overcast',
      temperatureC: 15.2,
      precipitationMm: 0.1,
      precipitationPercent: 35,
      windKph: 10,
    })
    expect(hourly[2]?.temperatureC).toBeNull()
  })

  it("has the days of the place's calendar with sunrise and sunset", () => {
    const daily = readForecast(forecastBody).daily ?? []
    expect(daily).toHaveLength(7)
    expect(daily[0]).toEqual({
      date: '2026-07-08',
      condition: 'rain',
      minC: 11,
      maxC: 19,
      precipitationMm: 4.2,
      precipitationPercent: 80,
      sunriseAt: Date.UTC(2026, 6, 8, 2, 9),
      sunsetAt: Date.UTC(2026, 6, 8, 20, 34),
    })
    expect(daily[6]).toMatchObject({ condition: 'unknown', minC: null, precipitationMm: null })
  })

  it('has no sunrise where the sun does not set', () => {
    const same = forecastBody.daily.time.map((day) => `${day}T00:00`)
    const body = { ...forecastBody, daily: { ...forecastBody.daily, sunrise: same, sunset: same } }
    expect(readForecast(body).daily?.[0]).toMatchObject({ sunriseAt: null, sunsetAt: null })
  })

  it('does without hours and days', () => {
    const { hourly: _hourly, daily: _daily, ...rest } = forecastBody
    expect(readForecast(rest)).toMatchObject({ hourly: null, daily: null })
  })

  it.each([
    ['nothing', null],
    ['no offset', { ...forecastBody, utc_offset_seconds: undefined }],
    ['no temperature', { ...forecastBody, current: { time: '2026-07-08T14:15' } }],
    ['no time', { ...forecastBody, current: { ...forecastBody.current, time: 1_780_000_000 } }],
    ['Fahrenheit', { ...forecastBody, current_units: { temperature_2m: '°F' } }],
    [
      'a temperature out of this world',
      { ...forecastBody, current: { ...forecastBody.current, temperature_2m: 300 } },
    ],
  ])('is refused with %s', (_, body) => {
    expect(() => readForecast(body)).toThrow(expect.objectContaining({ code: 'bad_shape' }))
  })

  it('is read to a value of the contract or refused with a code, whatever comes', () => {
    const cell = fc.oneof(fc.double(), fc.constant(null), fc.string(), fc.constant('2026-07-08'))
    const column = fc.array(cell, { maxLength: 4 })
    const table = fc.dictionary(fc.constantFrom(...Object.keys(forecastBody.daily)), column)
    const hours = fc.dictionary(fc.constantFrom(...Object.keys(forecastBody.hourly)), column)
    const current = fc
      .dictionary(fc.constantFrom(...Object.keys(forecastBody.current)), cell)
      .map((some) => ({ ...forecastBody.current, ...some }))
    fc.assert(
      fc.property(current, hours, table, (some, hourly, daily) => {
        try {
          const reading = readForecast({ ...forecastBody, current: some, hourly, daily })
          const context = { place: oslo, provider: 'open-meteo', last: undefined, now }
          const value = fetchedValue({ ...reading, airQuality: null }, context)
          expect(weather.schema.safeParse(value).success).toBe(true)
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad_shape' })
        }
      }),
    )
  })
})

describe('air quality of Open-Meteo', () => {
  it('has both indices apart, and micrograms', () => {
    expect(readAirQuality(airBody)).toEqual({
      at: Date.UTC(2026, 6, 8, 12),
      usEpaIndex: 31,
      europeanIndex: 24,
      openWeatherIndex: null,
      pm25UgM3: 4.1,
      pm10UgM3: 8.4,
      ozoneUgM3: null,
      nitrogenDioxideUgM3: 6.3,
      sulphurDioxideUgM3: 0,
      carbonMonoxideUgM3: 152,
    })
  })
})

describe('a local time', () => {
  it('and its offset make an instant, and back', () => {
    const minutes = fc.integer({ min: 0, max: 40_000_000 })
    const offsets = fc.integer({ min: -12 * 4, max: 14 * 4 }).map((quarters) => quarters * 900)
    fc.assert(
      fc.property(minutes, offsets, (minute, offset) => {
        const at = minute * 60_000
        const local = new Date(at + offset * 1_000).toISOString().slice(0, 16)
        if (local.startsWith('-')) return
        expect(localTime(local, offset)).toBe(at)
      }),
    )
  })

  it.each(['2026-07-08', '2026-13-08T00:00', '2026-07-08T14:15Z', 17, null])(
    'is not %s',
    (text) => {
      expect(localTime(text, 0)).toBeNull()
    },
  )
})

describe('an error of Open-Meteo', () => {
  const refined = (status: number, reason: string) =>
    refineOpenMeteo(
      new ProviderError('open-meteo', 'open-meteo: failed', {
        code: `http_${status}`,
        retryable: status === 429 || status >= 500,
        status,
      }),
      JSON.stringify({ error: true, reason }),
    )

  it.each([
    [400, 'Hourly API request limit exceeded', 'limited', undefined],
    [429, 'Daily API request limit exceeded', 'limited', undefined],
    [429, 'Minutely API request limit exceeded', 'limited', 60_000],
    [429, '', 'limited', undefined],
    [400, 'The service is overloaded', 'transient', undefined],
    [503, 'The service is overloaded', 'transient', undefined],
    [500, '', 'transient', undefined],
    [400, 'No data is available for this location', 'place', undefined],
    [400, 'Latitude must be in range', 'place', undefined],
    [404, '', 'place', undefined],
    [401, '', 'key', undefined],
  ])('%s "%s" means %s', (status, reason, kind, retryAfterMs) => {
    const error = refined(status, reason)
    expect(kindOf(error)).toBe(kind)
    expect(error.retryAfterMs).toBe(retryAfterMs)
  })
})
