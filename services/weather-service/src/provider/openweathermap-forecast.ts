import type { Condition, Day, Hour } from '../values.ts'
import { badShape } from './failure.ts'
import { amountOf, celsiusOf, kphPerMps, msOfSeconds, percentOf } from './numbers.ts'
import { conditionOfOpenWeather } from './openweathermap-codes.ts'
import { sumOf } from './openweathermap-now.ts'
import { forecastWire, type StepWire, stepWire } from './openweathermap-wire.ts'

const hourlySpanMs = 48 * 3_600_000

/** A last day with fewer steps says too little about the whole day, unless it is needed to have five. */
const leastSteps = 4
const leastDays = 5

/** A step of three hours with what a day is made of. */
interface Step {
  readonly hour: Hour
  readonly date: string
  readonly minC: number | null
  readonly maxC: number | null
}

const fallOf = (fall: StepWire['rain']): number | null => (fall ? amountOf(fall['3h']) : 0)

const stepOf = (item: unknown, shiftSeconds: number): Step | undefined => {
  const parsed = stepWire.safeParse(item)
  const at = msOfSeconds(parsed.data?.dt)
  if (!parsed.success || at === null) return undefined
  const { main, wind, pop, rain, snow, weather } = parsed.data
  const temperatureC = celsiusOf(main['temp'])
  return {
    date: new Date(at + shiftSeconds * 1_000).toISOString().slice(0, 10),
    minC: celsiusOf(main['temp_min']) ?? temperatureC,
    maxC: celsiusOf(main['temp_max']) ?? temperatureC,
    hour: {
      at,
      condition: conditionOfOpenWeather(weather?.id),
      temperatureC,
      precipitationMm: sumOf(fallOf(rain), fallOf(snow)),
      precipitationPercent: percentOf(pop, 100),
      windKph: amountOf(wind['speed'], kphPerMps),
    },
  }
}

const known = (values: readonly (number | null)[]): number[] => values.flatMap((v) => v ?? [])

const best = (values: readonly (number | null)[], pick: (...list: number[]) => number) => {
  const list = known(values)
  return list.length === 0 ? null : pick(...list)
}

/** What most of the day's steps say; of two that are as frequent the one that came first. */
const mostFrequent = (conditions: readonly Condition[]): Condition => {
  const counts = Map.groupBy(conditions, (condition) => condition)
  const [first] = [...counts].toSorted(([, a], [, b]) => b.length - a.length)
  return first?.[0] ?? 'unknown'
}

const dayOf = (date: string, steps: readonly Step[]): Day => {
  const falls = known(steps.map(({ hour }) => hour.precipitationMm))
  return {
    date,
    condition: mostFrequent(steps.map(({ hour }) => hour.condition)),
    minC: best(
      steps.map(({ minC }) => minC),
      Math.min,
    ),
    maxC: best(
      steps.map(({ maxC }) => maxC),
      Math.max,
    ),
    precipitationMm: falls.length === 0 ? null : amountOf(falls.reduce((sum, mm) => sum + mm, 0)),
    precipitationPercent: best(
      steps.map(({ hour }) => hour.precipitationPercent),
      Math.max,
    ),
    sunriseAt: null,
    sunsetAt: null,
  }
}

/** The days of the place's calendar, whole ones and what is left of today. */
const daysOf = (steps: readonly Step[]): Day[] =>
  [...Map.groupBy(steps, ({ date }) => date)]
    .filter(([, own], index) => index < leastDays || own.length >= leastSteps)
    .map(([date, own]) => dayOf(date, own))

/** Sunrise and sunset are told for one day only: that of `sunriseAt`. */
const withSun = (
  days: readonly Day[],
  city: { sunrise?: unknown; sunset?: unknown },
  shift: number,
) => {
  const sunriseAt = msOfSeconds(city.sunrise)
  const sunsetAt = msOfSeconds(city.sunset)
  if (sunriseAt === null || sunsetAt === null || sunriseAt >= sunsetAt) return days
  const date = new Date(sunriseAt + shift * 1_000).toISOString().slice(0, 10)
  return days.map((day) => (day.date === date ? { ...day, sunriseAt, sunsetAt } : day))
}

/**
 * Reads a `/data/2.5/forecast` reply in metric units: the next 48 hours in steps of three, and days made of the steps.
 * A bad step loses itself. Throws ProviderError `bad_shape` without any good one.
 */
export const readForecast = (body: unknown): { hourly: Hour[]; daily: readonly Day[] } => {
  const parsed = forecastWire.safeParse(body)
  if (!parsed.success) throw badShape('openweathermap', 'a forecast without steps')
  const { city, list } = parsed.data
  const steps = list
    .flatMap((item) => stepOf(item, city.timezone) ?? [])
    .toSorted((a, b) => a.hour.at - b.hour.at)
  const [first] = steps
  if (!first) throw badShape('openweathermap', 'a forecast without a good step')
  const until = first.hour.at + hourlySpanMs
  return {
    hourly: steps.map(({ hour }) => hour).filter(({ at }) => at < until),
    daily: withSun(daysOf(steps), city, city.timezone),
  }
}
