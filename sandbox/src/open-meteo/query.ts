import { z } from 'zod'
import { isZone } from '../weather/zone.ts'
import { refusal } from './errors.ts'
import { choices } from './units.ts'

const mostLocations = 1_000

/** `a,b` and repeated parameters are the same list. */
const list = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((given) => [given].flat().flatMap((part) => part.split(',')))
  .transform((parts) => parts.map((part) => part.trim()).filter((part) => part !== ''))

const coordinates = (name: 'Latitude' | 'Longitude', most: number) =>
  list.transform((parts, context) =>
    parts.map((part) => {
      const value = Number(part)
      if (Number.isNaN(value)) context.addIssue(`Value '${part}' of ${name} is not a number`)
      else if (Math.abs(value) > most) {
        context.addIssue(`${name} must be in range of -${most} to ${most}°. Given: ${part}.`)
      }
      return value
    }),
  )

/** A whole number up to `most`; `fallback` when it is not given. */
const count = <F extends number | undefined>(name: string, most: number, fallback: F) =>
  z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined) return fallback
      const value = Number(text)
      if (!Number.isInteger(value) || value < 0 || value > most) {
        context.addIssue(`${name} is invalid. Allowed range 0 to ${most}. Given ${text}.`)
      }
      return value
    })

const choice = <const T extends readonly [string, ...string[]]>(name: string, values: T) =>
  z
    .enum(values, { error: ({ input }) => `Cannot initialize ${name} from value ${input}` })
    .default(values[0])

const zone = z
  .string()
  .optional()
  .refine((name) => name === undefined || name === 'auto' || isZone(name), {
    error: 'Invalid timezone',
  })

const shape = (days: { readonly most: number; readonly usual: number }) =>
  z.object({
    latitude: coordinates('Latitude', 90),
    longitude: coordinates('Longitude', 180),
    current: list,
    hourly: list,
    daily: list,
    timezone: zone,
    temperature_unit: choice('TemperatureUnit', choices.temperature_unit),
    wind_speed_unit: choice('WindspeedUnit', choices.wind_speed_unit),
    precipitation_unit: choice('PrecipitationUnit', choices.precipitation_unit),
    timeformat: choice('Timeformat', choices.timeformat),
    forecast_days: count('Forecast days', days.most, days.usual),
    past_days: count('Past days', 92, 0),
    forecast_hours: count('Forecast hours', 24 * days.most, undefined),
    past_hours: count('Past hours', 24 * 92, 0),
  })

/** What a forecast request asks for. */
export type ForecastQuery = z.infer<ReturnType<typeof shape>>

/** Reads a request's query. Throws what `refusal` makes, with Open-Meteo's reason. */
export const readQuery = (
  query: unknown,
  days: { readonly most: number; readonly usual: number },
): ForecastQuery => {
  const read = shape(days).safeParse(query)
  if (!read.success) throw refusal(read.error.issues[0]?.message ?? 'Invalid request')
  const { latitude, longitude, daily, timezone } = read.data
  const named = "Parameter 'latitude' and 'longitude'"
  if (latitude.length !== longitude.length) {
    throw refusal(`${named} must have the same number of elements`)
  }
  if (latitude.length === 0) throw refusal(`${named} must not be empty`)
  if (latitude.length > mostLocations) {
    throw refusal(`${named} must not exceed ${mostLocations} coordinates.`)
  }
  if (daily.length > 0 && timezone === undefined) throw refusal('Timezone is required')
  return read.data
}
