import { weather } from '@flux/contracts'
import { ProviderError } from '@flux/runtime'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fetchedValue } from '../answer.ts'
import { oslo } from '../weather.fixture.ts'
import { kindOf } from './failure.ts'
import { airBody, forecastBody, weatherBody } from './openweathermap.fixture.ts'
import { refineOpenWeatherMap } from './openweathermap.ts'
import { readForecast } from './openweathermap-forecast.ts'
import { readAirPollution, readWeather } from './openweathermap-now.ts'
import { faultIn } from './openweathermap-wire.ts'

const noon = Date.UTC(2026, 6, 8, 12)

describe('the weather of OpenWeatherMap', () => {
  it('is in our units: wind in km/h, visibility in metres', () => {
    expect(readWeather(weatherBody)).toEqual({
      at: noon - 600_000,
      condition: 'showers',
      isDay: true,
      temperatureC: 14,
      feelsLikeC: 13.4,
      humidityPercent: 87,
      pressureHpa: 1_003,
      visibilityM: 8_000,
      cloudPercent: 75,
      windKph: 18,
      windGustKph: 36,
      windFromDegrees: 200,
      precipitationMm: 1.52,
    })
  })

  it('does without what the provider leaves out; no rain is none', () => {
    const { rain: _rain, visibility: _visibility, ...rest } = weatherBody
    const body = { ...rest, wind: { speed: 2.6 }, weather: [{ id: 800, icon: '01n' }] }
    expect(readWeather(body)).toMatchObject({
      isDay: false,
      visibilityM: null,
      windFromDegrees: null,
      windGustKph: null,
      precipitationMm: 0,
    })
  })

  it('sums rain and snow, and shares out three hours', () => {
    const body = { ...weatherBody, rain: { '3h': 3 }, snow: { '1h': 0.5 } }
    expect(readWeather(body).precipitationMm).toBe(1.5)
    expect(readWeather({ ...weatherBody, rain: null, snow: null }).precipitationMm).toBe(0)
  })

  it.each([
    ['an error body', { cod: '404', message: 'city not found' }],
    ['kelvin', { ...weatherBody, main: { temp: 287 } }],
    ['no time', { ...weatherBody, dt: 0 }],
  ])('is refused when it is %s', (_, body) => {
    expect(() => readWeather(body)).toThrow(expect.objectContaining({ code: 'bad_shape' }))
  })
})

describe('a forecast of OpenWeatherMap', () => {
  it('has the steps of the next 48 hours', () => {
    const { hourly } = readForecast(forecastBody)
    expect(hourly).toHaveLength(16)
    expect(hourly[0]).toEqual({
      at: noon,
      condition: 'rain',
      temperatureC: 10,
      precipitationMm: 0.6,
      precipitationPercent: 35,
      windKph: 9,
    })
    expect(hourly[1]?.precipitationMm).toBe(0)
  })

  it("has days of the place's calendar that are made of the steps", () => {
    const { daily } = readForecast(forecastBody)
    // 14:00, 17:00, 20:00 and 23:00 of the 8th; the 13th has 02:00 to 11:00, enough to say something.
    expect(daily.map(({ date }) => date)).toEqual(
      [8, 9, 10, 11, 12, 13].map((day) => `2026-07-${String(day).padStart(2, '0')}`),
    )
    expect(daily[0]).toEqual({
      date: '2026-07-08',
      condition: 'rain',
      minC: 9,
      maxC: 14,
      precipitationMm: 1.2,
      precipitationPercent: 35,
      sunriseAt: noon - 36_000_000,
      sunsetAt: noon + 30_000_000,
    })
    expect(daily[1]).toMatchObject({ sunriseAt: null, sunsetAt: null, maxC: 22 })
  })

  it('leaves out a last day of which little is known, when there are five others', () => {
    const list = forecastBody.list.slice(0, 38)
    expect(readForecast({ ...forecastBody, list }).daily).toHaveLength(5)
  })

  it('loses a bad step, not the forecast', () => {
    const list = [{ dt: 'soon' }, ...forecastBody.list.slice(0, 3), { dt: 1e300 }, null]
    expect(readForecast({ ...forecastBody, list }).hourly).toHaveLength(3)
    const none = { ...forecastBody, list: [null] }
    expect(() => readForecast(none)).toThrow(expect.objectContaining({ code: 'bad_shape' }))
  })
})

describe('air pollution of OpenWeatherMap', () => {
  it("has the provider's own index, and micrograms; a hole is null", () => {
    expect(readAirPollution(airBody)).toMatchObject({
      at: noon,
      usEpaIndex: null,
      europeanIndex: null,
      openWeatherIndex: 2,
      pm25UgM3: 2.14,
      ozoneUgM3: 95.84,
      sulphurDioxideUgM3: null,
      carbonMonoxideUgM3: 210.29,
    })
  })

  it('is read where the coordinates are a list', () => {
    expect(readAirPollution({ ...airBody, coord: [50, 50] }).openWeatherIndex).toBe(2)
  })
})

describe('anything from OpenWeatherMap', () => {
  it('is read to a value of the contract or refused with a code', () => {
    const cell = fc.oneof(fc.double(), fc.constant(null), fc.string(), fc.jsonValue())
    const change = (body: Readonly<Record<string, unknown>>) =>
      fc
        .dictionary(fc.constantFrom(...Object.keys(body)), cell)
        .map((some) => ({ ...body, ...some }))
    const numbers = fc.record({ main: change(weatherBody.main), wind: change(weatherBody.wind) })
    fc.assert(
      fc.property(change(weatherBody), numbers, change(forecastBody), (now, own, next) => {
        try {
          const current = readWeather({ ...now, ...own })
          const reading = { current, ...readForecast(next), airQuality: readAirPollution(airBody) }
          const context = { place: oslo, provider: 'openweathermap', last: undefined, now: noon }
          expect(weather.schema.safeParse(fetchedValue(reading, context)).success).toBe(true)
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad_shape' })
        }
      }),
    )
  })
})

describe('an error of OpenWeatherMap', () => {
  it.each([
    [{ cod: 401, message: 'Invalid API key.' }, 401],
    [{ cod: '404', message: 'city not found' }, 404],
    [{ cod: '200', list: [] }, undefined],
    [{ cod: 200 }, undefined],
    [{ list: [] }, undefined],
    [null, undefined],
    [{ cod: 'many' }, undefined],
  ])('is found in %j, number or text', (body, status) => {
    expect(faultIn(body)?.status).toBe(status)
  })

  it.each([
    [401, 'key'],
    [403, 'key'],
    [429, 'limited'],
    [404, 'place'],
    [400, 'place'],
    [500, 'transient'],
    [503, 'transient'],
    [408, 'transient'],
  ])('%s means %s', (status, kind) => {
    const failure = { code: `http_${status}`, retryable: status === 408 || status >= 500, status }
    const error = refineOpenWeatherMap(new ProviderError('openweathermap', 'failed', failure))
    expect(kindOf(error)).toBe(kind)
  })
})
