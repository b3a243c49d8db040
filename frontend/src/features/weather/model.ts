import type { ValueByName } from '@flux/contracts'

/** The weather of a place. */
export type WeatherValue = ValueByName['weather']

/** What it is like at the moment. */
export type Current = NonNullable<WeatherValue['current']>

/** An hour, or three, of the forecast. */
export type Hour = WeatherValue['hourly'][number]

/** A day of the forecast. */
export type Day = WeatherValue['daily'][number]

/** What the sky does. */
export type Condition = Current['condition']

const words: Readonly<Record<Condition, string>> = {
  clear: 'Clear',
  'mostly-clear': 'Mostly clear',
  'partly-cloudy': 'Partly cloudy',
  overcast: 'Overcast',
  fog: 'Fog',
  drizzle: 'Drizzle',
  rain: 'Rain',
  'freezing-rain': 'Freezing rain',
  snow: 'Snow',
  showers: 'Showers',
  'snow-showers': 'Snow showers',
  thunderstorm: 'Thunderstorm',
  unknown: 'Unknown',
}

/** A condition in words. */
export const conditionWords = (condition: Condition): string => words[condition]

const points = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const

/** Where a wind comes from, from degrees clockwise from north: `SW`. */
export const compassPoint = (degrees: number | null): string | undefined =>
  degrees === null ? undefined : points[Math.round(degrees / 45) % points.length]

const hour = 3_600_000

/** The steps of the forecast that cover the time from `now` on for `hours`. */
export const nextHours = (all: readonly Hour[], now: number, hours = 24): readonly Hour[] =>
  all.filter(({ at }) => at > now - hour && at <= now + hours * hour)

/** The place's calendar day of a time: `2026-07-08`. */
export const dateIn = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at)

/** The day of a date as it is called on `today`: `Today`, else `Wed 8`. */
export const dayName = (date: string, today: string): string => {
  if (date === today) return 'Today'
  const weekday = { weekday: 'short', timeZone: 'UTC' } as const
  const name = new Intl.DateTimeFormat('en-GB', weekday).format(Date.parse(date))
  return `${name} ${Number(date.slice(-2))}`
}

/** The days from today on; those that have gone are not shown. */
export const daysFrom = (all: readonly Day[], today: string): readonly Day[] =>
  all.filter(({ date }) => date >= today)

/** True between sunrise and sunset of any day; `otherwise` where neither is known. */
export const isDayAt = (at: number, days: readonly Day[], otherwise: boolean): boolean => {
  const known = days.filter((day) => day.sunriseAt !== null && day.sunsetAt !== null)
  if (known.length === 0) return otherwise
  return known.some((day) => at >= (day.sunriseAt ?? 0) && at < (day.sunsetAt ?? 0))
}

/** Where a day's temperatures lie on the scale of all days: start and length as parts of 1. */
export interface Range {
  readonly from: number
  readonly size: number
}

/** The common scale of days, in °C; `undefined` where no temperature is known. */
export const scaleOf = (
  days: readonly Day[],
): { readonly low: number; readonly high: number } | undefined => {
  const lows = days.flatMap((day) => day.minC ?? [])
  const highs = days.flatMap((day) => day.maxC ?? [])
  if (lows.length === 0 || highs.length === 0) return undefined
  return { low: Math.min(...lows), high: Math.max(...highs) }
}

/** A day's range on the scale; `undefined` where one of its ends is unknown. */
export const rangeOf = (day: Day, scale: ReturnType<typeof scaleOf>): Range | undefined => {
  if (!scale || day.minC === null || day.maxC === null) return undefined
  const span = scale.high - scale.low
  if (span <= 0) return { from: 0, size: 1 }
  return { from: (day.minC - scale.low) / span, size: (day.maxC - day.minC) / span }
}

/** A place's name from its id alone, until the place itself is known: `New York` of `new-york-us`. */
export const nameOfId = (id: string): string =>
  id
    .split('-')
    .slice(0, id.includes('-') ? -1 : 1)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ')

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

/** A country's name from its code. */
export const countryName = (code: string): string => countries.of(code) ?? code
