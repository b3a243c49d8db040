import type { Place } from '@flux/contracts'
import type { Reading } from './provider/port.ts'
import type { AirQuality, Weather } from './values.ts'

const hourMs = 3_600_000

/** Older than this, air quality is not shown as that of now, in milliseconds. */
const airForMs = 6 * hourMs

/** The day that the calendar of a zone shows: `2026-07-08`. */
export const dateIn = (zone: string, at: number): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at)

/** What every value of a place begins with. */
export interface AnswerContext {
  readonly place: Place
  /** Name of the provider that was asked. */
  readonly provider: string
  /** The last value with data, where there is one. */
  readonly last: Weather | undefined
  /** Epoch milliseconds. */
  readonly now: number
}

const recentAir = (air: AirQuality | null | undefined, now: number): AirQuality | null =>
  air && now - air.at < airForMs ? air : null

/** The value of a fetch that worked; a part that it lacks is what the last value said about the time to come. */
export const fetchedValue = (reading: Reading, context: AnswerContext): Weather => {
  const { place, provider, last, now } = context
  const today = dateIn(place.zone, now)
  const hourly = reading.hourly ?? last?.hourly.filter(({ at }) => at > now - hourMs) ?? []
  const daily = reading.daily ?? last?.daily.filter(({ date }) => date >= today) ?? []
  return {
    ...{ place, provider, status: 'ok', reason: null, asOf: now, at: now },
    current: reading.current,
    hourly: [...hourly],
    daily: [...daily],
    airQuality: reading.airQuality ?? recentAir(last?.airQuality, now),
  }
}

/** The same data in a new record. */
export const repeatedValue = (value: Weather, now: number): Weather => ({
  ...value,
  status: 'ok',
  reason: null,
  at: now,
})

/** The value of a fetch that failed: the last data and their age, or none, and the reason. */
export const failedValue = (reason: string, context: AnswerContext): Weather => {
  const { place, provider, last, now } = context
  const said = { status: 'failed', reason: reason.slice(0, 200), at: now } as const
  if (last) return { ...last, ...said, place }
  return {
    ...{ place, provider, ...said, asOf: null },
    ...{ current: null, hourly: [], daily: [], airQuality: null },
  }
}
