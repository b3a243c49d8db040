import type { Current, Day, Hour } from '../values.ts'
import { badShape } from './failure.ts'
import { amountOf, celsiusOf, degreesOf, percentOf } from './numbers.ts'
import { calendarDay, localTime } from './open-meteo-time.ts'
import { kphPer, type ReplyWire, type Row, replyWire, rowsOf } from './open-meteo-wire.ts'
import type { Reading } from './port.ts'
import { conditionOfWmo } from './wmo-codes.ts'

/** Variables that are asked for, by the provider's names. */
export const forecastVariables = {
  current:
    'temperature_2m,relative_humidity_2m,apparent_temperature,is_day,precipitation,weather_code,cloud_cover,pressure_msl,wind_speed_10m,wind_direction_10m,wind_gusts_10m',
  hourly: 'temperature_2m,precipitation,precipitation_probability,weather_code,wind_speed_10m',
  daily:
    'weather_code,temperature_2m_max,temperature_2m_min,precipitation_sum,precipitation_probability_max,sunrise,sunset',
} as const

const hourMs = 3_600_000
const maxHours = 48

const windOf = (value: unknown, unit: unknown): number | null => {
  const factor = kphPer(unit)
  return factor === undefined ? null : amountOf(value, factor)
}

const daylight = (value: unknown): boolean | null => {
  if (value === 1) return true
  return value === 0 ? false : null
}

/** Sums count back over `interval` seconds: quarters of an hour, where the model has them. */
const perHour = (interval: unknown): number =>
  typeof interval === 'number' && interval >= 60 && interval <= 86_400 ? 3_600 / interval : 1

const currentOf = (reply: ReplyWire): Current => {
  const { current: now, current_units: units } = reply
  const at = localTime(now['time'], reply.utc_offset_seconds)
  const temperatureC = celsiusOf(now['temperature_2m'])
  if (at === null || temperatureC === null) throw badShape('open-meteo', 'no weather of now')
  return {
    at,
    condition: conditionOfWmo(now['weather_code']),
    isDay: daylight(now['is_day']),
    temperatureC,
    feelsLikeC: celsiusOf(now['apparent_temperature']),
    humidityPercent: percentOf(now['relative_humidity_2m']),
    pressureHpa: amountOf(now['pressure_msl']),
    visibilityM: null,
    cloudPercent: percentOf(now['cloud_cover']),
    windKph: windOf(now['wind_speed_10m'], units['wind_speed_10m']),
    windGustKph: windOf(now['wind_gusts_10m'], units['wind_gusts_10m']),
    windFromDegrees: degreesOf(now['wind_direction_10m']),
    precipitationMm: amountOf(now['precipitation'], perHour(now['interval'])),
  }
}

const hourOf = (row: Row, reply: ReplyWire): Hour | undefined => {
  const at = localTime(row('time'), reply.utc_offset_seconds)
  if (at === null) return undefined
  return {
    at,
    condition: conditionOfWmo(row('weather_code')),
    temperatureC: celsiusOf(row('temperature_2m')),
    precipitationMm: amountOf(row('precipitation')),
    precipitationPercent: percentOf(row('precipitation_probability')),
    windKph: windOf(row('wind_speed_10m'), reply.hourly_units['wind_speed_10m']),
  }
}

/** Where the sun does not rise or set, both times are the same. */
const sunOf = (row: Row, offsetSeconds: number) => {
  const sunriseAt = localTime(row('sunrise'), offsetSeconds)
  const sunsetAt = localTime(row('sunset'), offsetSeconds)
  const none = sunriseAt === null || sunsetAt === null || sunriseAt >= sunsetAt
  return none ? { sunriseAt: null, sunsetAt: null } : { sunriseAt, sunsetAt }
}

const dayOf = (row: Row, offsetSeconds: number): Day | undefined => {
  const date = calendarDay(row('time'))
  if (date === null) return undefined
  return {
    date,
    condition: conditionOfWmo(row('weather_code')),
    minC: celsiusOf(row('temperature_2m_min')),
    maxC: celsiusOf(row('temperature_2m_max')),
    precipitationMm: amountOf(row('precipitation_sum')),
    precipitationPercent: percentOf(row('precipitation_probability_max')),
    ...sunOf(row, offsetSeconds),
  }
}

/** Checks the common form of a reply. Throws ProviderError `bad_shape`. */
export const parseReply = (body: unknown): ReplyWire => {
  const parsed = replyWire.safeParse(body)
  if (parsed.success) return parsed.data
  throw badShape('open-meteo', 'a reply without time zone or weather of now')
}

/** Reads a `/v1/forecast` reply. Throws ProviderError `bad_shape` where it has no temperature of now in °C. */
export const readForecast = (body: unknown): Omit<Reading, 'airQuality'> => {
  const reply = parseReply(body)
  const unit = reply.current_units['temperature_2m']
  if (unit !== undefined && unit !== '°C') throw badShape('open-meteo', 'degrees are not Celsius')
  const current = currentOf(reply)
  const today = String(reply.current['time']).slice(0, 10)
  const hourly = rowsOf(reply.hourly)
    .flatMap((row) => hourOf(row, reply) ?? [])
    .filter(({ at }) => at > current.at - hourMs)
    .slice(0, maxHours)
  const daily = rowsOf(reply.daily)
    .flatMap((row) => dayOf(row, reply.utc_offset_seconds) ?? [])
    .filter(({ date }) => date >= today)
    .slice(0, 16)
  return {
    current,
    hourly: hourly.length > 0 ? hourly : null,
    daily: daily.length > 0 ? daily : null,
  }
}
