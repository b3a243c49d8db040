import * as z from 'zod/mini'
import { channel } from './channel.ts'
import { command } from './command.ts'
import { place } from './place.ts'
import { placeId } from './room.ts'
import { amount, epochMs, percent, text } from './values.ts'

const minute = 60_000
const hour = 60 * minute

const celsius = z.nullable(z.number().check(z.minimum(-100), z.maximum(70)))
const degrees = z.nullable(z.number().check(z.minimum(0), z.maximum(360)))

/** What the sky does, the same words for every provider. */
export const conditions = [
  'clear',
  'mostly-clear',
  'partly-cloudy',
  'overcast',
  'fog',
  'drizzle',
  'rain',
  'freezing-rain',
  'snow',
  'showers',
  'snow-showers',
  'thunderstorm',
  'unknown',
] as const

const condition = z.enum(conditions)

const current = z.object({
  at: epochMs,
  condition,
  isDay: z.nullable(z.boolean()),
  temperatureC: z.number().check(z.minimum(-100), z.maximum(70)),
  feelsLikeC: celsius,
  humidityPercent: z.nullable(percent),
  pressureHpa: z.nullable(amount),
  visibilityM: z.nullable(amount),
  cloudPercent: z.nullable(percent),
  windKph: z.nullable(amount),
  windGustKph: z.nullable(amount),
  windFromDegrees: degrees,
  /** In an hour, at the rate of now. */
  precipitationMm: z.nullable(amount),
})

const hourly = z.object({
  at: epochMs,
  condition,
  temperatureC: celsius,
  /** Since the step before; the steps are one or three hours apart. */
  precipitationMm: z.nullable(amount),
  precipitationPercent: z.nullable(percent),
  windKph: z.nullable(amount),
})

const daily = z.object({
  /** The day in the place's own calendar: `2026-07-08`. */
  date: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  condition,
  minC: celsius,
  maxC: celsius,
  precipitationMm: z.nullable(amount),
  precipitationPercent: z.nullable(percent),
  sunriseAt: z.nullable(epochMs),
  sunsetAt: z.nullable(epochMs),
})

const airQuality = z.object({
  at: epochMs,
  /** US EPA index, 0 to 500. */
  usEpaIndex: z.nullable(amount),
  /** European index, 0 to 100 and above. */
  europeanIndex: z.nullable(amount),
  /** OpenWeatherMap's own scale: 1 good to 5 very poor. */
  openWeatherIndex: z.nullable(z.number().check(z.int(), z.minimum(1), z.maximum(5))),
  pm25UgM3: z.nullable(amount),
  pm10UgM3: z.nullable(amount),
  ozoneUgM3: z.nullable(amount),
  nitrogenDioxideUgM3: z.nullable(amount),
  sulphurDioxideUgM3: z.nullable(amount),
  carbonMonoxideUgM3: z.nullable(amount),
})

/** The weather of a place: now, the next day by hours, the next days, its air. A failed fetch keeps the last good data. */
export const weather = channel({
  name: 'weather',
  topic: 'weather.service.event.updated',
  schema: z.object({
    place,
    provider: text(40),
    status: z.enum(['ok', 'failed']),
    /** Why the last fetch failed, in words for people. */
    reason: z.nullable(text(200)),
    /** When the data below were fetched; `null` when there never were any. */
    asOf: z.nullable(epochMs),
    /** When this record was made. */
    at: epochMs,
    current: z.nullable(current),
    hourly: z.array(hourly).check(z.maxLength(48)),
    daily: z.array(daily).check(z.maxLength(16)),
    airQuality: z.nullable(airQuality),
  }),
  producer: 'weather-service',
  delivery: 'latest',
  ages: { refreshAfterMs: 10 * minute, staleAfterMs: 30 * minute, retentionMs: 24 * hour },
  maxKeys: 10_000,
  maxBytes: 24_000,
  part: 'place',
  keyOf: (value) => value.place.id,
  partOf: (key) => key,
  // A failed fetch does not make old data young: the fact is as old as its data, the record is newer all the same.
  atOf: (value) => value.asOf ?? value.at,
  versionOf: (value) => value.at,
})

/** Asks for the weather of a place now. */
export const fetchWeather = command({
  name: 'weather.fetch',
  topic: 'weather.service.command.fetch',
  service: 'weather-service',
  body: z.object({ placeId }),
  refreshes: 'weather',
  keyOf: (body) => body.placeId,
  bodyOf: (part) => ({ placeId: part }),
})
