import type { AirQuality, Current } from '../values.ts'
import { badShape } from './failure.ts'
import {
  amountOf,
  celsiusOf,
  degreesOf,
  kphPerMps,
  msOfSeconds,
  percentOf,
  within,
} from './numbers.ts'
import { conditionOfOpenWeather } from './openweathermap-codes.ts'
import { airWire, weatherWire } from './openweathermap-wire.ts'

const provider = 'openweathermap'

type Fall = Readonly<Record<string, unknown>> | null | undefined

/** Millimetres per hour; what is absent does not fall. */
const hourlyFall = (fall: Fall): number | null => {
  if (!fall) return 0
  return amountOf(fall['1h']) ?? amountOf(fall['3h'], 1 / 3)
}

/** The sum of both, `null` when none of them is known. */
export const sumOf = (rain: number | null, snow: number | null): number | null =>
  rain === null && snow === null ? null : amountOf((rain ?? 0) + (snow ?? 0))

/** Icons end in `d` by day and in `n` by night. */
const daylight = (icon: string | undefined): boolean | null => {
  if (icon?.endsWith('d')) return true
  return icon?.endsWith('n') ? false : null
}

/** Reads a `/data/2.5/weather` reply in metric units. Throws ProviderError `bad_shape`. */
export const readWeather = (body: unknown): Current => {
  const parsed = weatherWire.safeParse(body)
  const wire = parsed.success ? parsed.data : undefined
  const at = msOfSeconds(wire?.dt)
  const temperatureC = celsiusOf(wire?.main['temp'])
  if (!wire || at === null || temperatureC === null) {
    throw badShape(provider, 'no weather of now, or not in Celsius')
  }
  return {
    at,
    condition: conditionOfOpenWeather(wire.weather?.id),
    isDay: daylight(wire.weather?.icon),
    temperatureC,
    feelsLikeC: celsiusOf(wire.main['feels_like']),
    humidityPercent: percentOf(wire.main['humidity']),
    pressureHpa: amountOf(wire.main['pressure']),
    visibilityM: amountOf(wire.visibility),
    cloudPercent: percentOf(wire.clouds['all']),
    windKph: amountOf(wire.wind['speed'], kphPerMps),
    windGustKph: amountOf(wire.wind['gust'], kphPerMps),
    windFromDegrees: degreesOf(wire.wind['deg']),
    precipitationMm: sumOf(hourlyFall(wire.rain), hourlyFall(wire.snow)),
  }
}

/** Reads an `/data/2.5/air_pollution` reply; concentrations are in µg/m³. Throws ProviderError `bad_shape`. */
export const readAirPollution = (body: unknown): AirQuality => {
  const parsed = airWire.safeParse(body)
  const [now] = parsed.success ? parsed.data.list : []
  const at = msOfSeconds(now?.dt)
  if (!now || at === null) throw badShape(provider, 'air pollution without a list')
  const { components, main } = now
  const index = within(main['aqi'], 1, 5)
  return {
    at,
    usEpaIndex: null,
    europeanIndex: null,
    openWeatherIndex: index === null ? null : Math.round(index),
    pm25UgM3: amountOf(components['pm2_5']),
    pm10UgM3: amountOf(components['pm10']),
    ozoneUgM3: amountOf(components['o3']),
    nitrogenDioxideUgM3: amountOf(components['no2']),
    sulphurDioxideUgM3: amountOf(components['so2']),
    carbonMonoxideUgM3: amountOf(components['co']),
  }
}
