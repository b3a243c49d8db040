import { createRandom, hash128 } from '../market/random.ts'
import type { Conditions } from '../weather/conditions.ts'
import { dayMs, hourMs, type Spot } from '../weather/sphere.ts'
import { abbreviation, offsetSeconds, zoneOf } from '../weather/zone.ts'
import { dailyVariables, daysFrom } from './daily.ts'
import { refusal } from './errors.ts'
import { gridPoint } from './grid.ts'
import type { ForecastQuery } from './query.ts'
import { createLocalTime, type LocalTime } from './time.ts'
import { unitOf, written } from './units.ts'
import type { Variables } from './variables.ts'

/** One of Open-Meteo's APIs over a place and time. */
export interface Domain<T> {
  readonly name: string
  /** Milliseconds between two values of `current`. */
  readonly intervalMs: number
  /** Width of the grid in degrees. */
  readonly gridStep: number
  readonly days: { readonly most: number; readonly usual: number }
  readonly variables: Variables<T>
  stateAt(spot: Spot, ms: number): T
  /** The state for `daily`; undefined where the API has no days. */
  readonly dayStateAt?: (spot: Spot, ms: number) => Conditions
  elevation(spot: Spot): number
}

/** What one location's reply is made from. */
interface Place<T> {
  readonly domain: Domain<T>
  readonly query: ForecastQuery
  readonly spot: Spot
  readonly time: LocalTime
  readonly now: number
  readonly seed: number
}

/** About one value in this many is missing in arrays. */
const gapEvery = 180

/** Is this value missing? Once missing it stays so. */
const isGap = ({ seed, spot, domain }: Place<unknown>, name: string, ms: number): boolean => {
  const cell = gridPoint(spot, domain.gridStep)
  const key = `${seed}/gap/${domain.name}/${cell.latitude},${cell.longitude}/${name}/${ms}`
  return hash128(key)[0] % gapEvery === 0
}

const find = <V>(variables: Readonly<Record<string, V>>, name: string): V => {
  const variable = Object.hasOwn(variables, name) ? variables[name] : undefined
  if (variable) return variable
  throw refusal(
    `Data corrupted at path ''. Cannot initialize VariableOrDerived from invalid String value ${name}.`,
  )
}

const timeUnit = ({ query }: Place<unknown>) => query.timeformat

const currentOf = <T>(place: Place<T>) => {
  const { domain, query, spot, time } = place
  if (query.current.length === 0) return {}
  const at = place.now - (place.now % domain.intervalMs)
  const state = domain.stateAt(spot, at)
  const columns = query.current.map((name) => {
    const variable = find(domain.variables, name)
    const unit = unitOf(variable.quantity, query)
    const value = variable.of(state, domain.intervalMs / hourMs)
    return { name, unit: unit.name, value: written(value, unit) }
  })
  const units = columns.map(({ name, unit }) => [name, unit])
  const values = columns.map(({ name, value }) => [name, value])
  return {
    current_units: {
      ...{ time: timeUnit(place), interval: 'seconds' },
      ...Object.fromEntries(units),
    },
    current: {
      ...{ time: time.minute(at), interval: domain.intervalMs / 1000 },
      ...Object.fromEntries(values),
    },
  }
}

/** The hours asked for: whole local days, or from the current hour on. */
const hoursOf = ({ query, time, now }: Place<unknown>): readonly number[] => {
  const byHours = query.forecast_hours !== undefined
  const back = byHours ? query.past_hours : 24 * query.past_days
  const ahead = query.forecast_hours ?? 24 * query.forecast_days
  const midnight = time.dayStart(now)
  const base = byHours ? now - ((now - midnight) % hourMs) : midnight
  return Array.from({ length: back + ahead }, (_, i) => base + (i - back) * hourMs)
}

const hourlyOf = <T>(place: Place<T>) => {
  const { domain, query, spot, time } = place
  if (query.hourly.length === 0) return {}
  const hours = hoursOf(place)
  const states = hours.map((ms) => domain.stateAt(spot, ms))
  const columns = query.hourly.map((name) => {
    const variable = find(domain.variables, name)
    const unit = unitOf(variable.quantity, query)
    const values = states.map((state, i) =>
      isGap(place, name, hours[i] ?? 0) ? null : written(variable.of(state, 1), unit),
    )
    return { name, unit: unit.name, values }
  })
  const units = columns.map(({ name, unit }) => [name, unit])
  return {
    hourly_units: { time: timeUnit(place), ...Object.fromEntries(units) },
    hourly: {
      time: hours.map(time.minute),
      ...Object.fromEntries(columns.map(({ name, values }) => [name, values])),
    },
  }
}

const dailyOf = <T>(place: Place<T>) => {
  const { domain, query, spot, time, now } = place
  const { dayStateAt } = domain
  if (query.daily.length === 0 || !dayStateAt) return {}
  const days = daysFrom(spot, {
    from: now - query.past_days * dayMs,
    count: query.past_days + query.forecast_days,
    time,
    stateAt: (ms) => dayStateAt(spot, ms),
  })
  const columns = query.daily.map((name) => {
    const variable = find(dailyVariables, name)
    if (variable.quantity === 'moment') {
      const values = days.map((day) => time.minute(variable.of(day)))
      return { name, unit: timeUnit(place), values }
    }
    const unit = unitOf(variable.quantity, query)
    const values = days.map((day) =>
      isGap(place, name, day.start) ? null : written(variable.of(day), unit),
    )
    return { name, unit: unit.name, values }
  })
  const units = columns.map(({ name, unit }) => [name, unit])
  return {
    daily_units: { time: timeUnit(place), ...Object.fromEntries(units) },
    daily: {
      time: days.map((day) => time.date(day.start)),
      ...Object.fromEntries(columns.map(({ name, values }) => [name, values])),
    },
  }
}

const timeOf = (query: ForecastQuery, spot: Spot, now: number): LocalTime => {
  const { timezone = 'GMT', timeformat: format } = query
  const zone = timezone === 'auto' ? zoneOf(spot) : timezone
  const shown = zone === 'GMT' ? 'GMT' : abbreviation(zone, now)
  return createLocalTime({
    ...{ zone, format, abbreviation: shown, offsetSeconds: offsetSeconds(zone, now) },
  })
}

const locationOf = <T>(place: Place<T>) => {
  const { domain, spot, time, now, seed } = place
  const random = createRandom(seed, `open-meteo/${spot.latitude},${spot.longitude}/${now}`)
  return {
    ...gridPoint(spot, domain.gridStep),
    generationtime_ms: 0.02 + random.next() / 8,
    utc_offset_seconds: time.offsetSeconds,
    timezone: time.zone,
    timezone_abbreviation: time.abbreviation,
    elevation: Math.round(domain.elevation(spot)),
    ...currentOf(place),
    ...hourlyOf(place),
    ...dailyOf(place),
  }
}

/** The reply: an object for one location, a list for several. Throws what `refusal` makes for unknown variables. */
export const forecastOf = <T>(
  domain: Domain<T>,
  query: ForecastQuery,
  options: { readonly now: number; readonly seed: number },
): unknown => {
  const replies = query.latitude.map((latitude, i) => {
    const spot = { latitude, longitude: query.longitude[i] ?? 0 }
    const time = timeOf(query, spot, options.now)
    const reply = locationOf({ ...options, domain, query, spot, time })
    return i === 0 ? reply : { ...reply, location_id: i }
  })
  return replies.length === 1 ? replies[0] : replies
}
