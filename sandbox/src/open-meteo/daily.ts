import { type Conditions, precipitationOf } from '../weather/conditions.ts'
import { dayMs, hourMs, radians, type Spot } from '../weather/sphere.ts'
import { sunTimes } from '../weather/sun.ts'
import type { LocalTime } from './time.ts'
import type { Quantity } from './units.ts'
import { wmoCode } from './wmo.ts'

/** One local day of a place: its 24 hours. */
export interface Day {
  readonly spot: Spot
  /** Epoch milliseconds. */
  readonly start: number
  readonly hours: readonly Conditions[]
}

/** A variable of a day: an amount, or a moment in epoch milliseconds. */
export type DailyVariable =
  | { readonly quantity: Quantity; of(day: Day): number }
  | { readonly quantity: 'moment'; of(day: Day): number }

const over = (day: Day, of: (hour: Conditions) => number): readonly number[] => day.hours.map(of)
const most = (of: (hour: Conditions) => number) => (day: Day) => Math.max(...over(day, of))
const least = (of: (hour: Conditions) => number) => (day: Day) => Math.min(...over(day, of))
const sum = (of: (hour: Conditions) => number) => (day: Day) =>
  over(day, of).reduce((total, value) => total + value, 0)

/** The mean direction, strong winds counting more. */
const dominant = (day: Day): number => {
  const part = (side: (angle: number) => number) =>
    sum((hour) => hour.windMs * side(radians(hour.windFromDegrees)))(day)
  return ((Math.atan2(part(Math.sin), part(Math.cos)) * 180) / Math.PI + 360) % 360
}

/** A polar day lasts from midnight to midnight, a polar night begins and ends at one. */
const sunOf = ({ spot, start }: Day): { rise: number; set: number } => {
  const sun = sunTimes(spot, start + dayMs / 2)
  if (sun.kind === 'rises') return sun
  return { rise: start, set: sun.kind === 'never-sets' ? start + dayMs : start }
}

const dayLength = (day: Day): number => {
  const { rise, set } = sunOf(day)
  return (set - rise) / 1000
}

/** `/v1/forecast`, for `daily`. */
export const dailyVariables: Readonly<Record<string, DailyVariable>> = {
  weather_code: { quantity: 'code', of: most(wmoCode) },
  temperature_2m_max: { quantity: 'temperature', of: most((hour) => hour.temperatureC) },
  temperature_2m_min: { quantity: 'temperature', of: least((hour) => hour.temperatureC) },
  apparent_temperature_max: { quantity: 'temperature', of: most((hour) => hour.feelsLikeC) },
  apparent_temperature_min: { quantity: 'temperature', of: least((hour) => hour.feelsLikeC) },
  sunrise: { quantity: 'moment', of: (day) => sunOf(day).rise },
  sunset: { quantity: 'moment', of: (day) => sunOf(day).set },
  daylight_duration: { quantity: 'seconds', of: dayLength },
  uv_index_max: { quantity: 'index', of: most((hour) => hour.uvIndex) },
  precipitation_sum: { quantity: 'precipitation', of: sum(precipitationOf) },
  rain_sum: { quantity: 'precipitation', of: sum((hour) => hour.rainMmH) },
  showers_sum: { quantity: 'precipitation', of: sum((hour) => hour.showersMmH) },
  snowfall_sum: { quantity: 'snow', of: sum((hour) => hour.snowMmH) },
  precipitation_hours: {
    quantity: 'hours',
    of: sum((hour) => (precipitationOf(hour) >= 0.1 ? 1 : 0)),
  },
  precipitation_probability_max: {
    quantity: 'percent',
    of: most((hour) => hour.precipitationChancePercent),
  },
  wind_speed_10m_max: { quantity: 'wind', of: most((hour) => hour.windMs) },
  wind_gusts_10m_max: { quantity: 'wind', of: most((hour) => hour.gustMs) },
  wind_direction_10m_dominant: { quantity: 'direction', of: dominant },
}

/** The local days from the one that holds `from` on. */
export const daysFrom = (
  spot: Spot,
  options: {
    readonly from: number
    readonly count: number
    readonly time: LocalTime
    stateAt(ms: number): Conditions
  },
): readonly Day[] => {
  const { from, count, time, stateAt } = options
  const first = time.dayStart(from)
  return Array.from({ length: count }, (_, i) => {
    const start = first + i * dayMs
    const hours = Array.from({ length: 24 }, (_hour, hour) => stateAt(start + hour * hourMs))
    return { spot, start, hours }
  })
}
