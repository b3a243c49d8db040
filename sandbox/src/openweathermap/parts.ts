import type { Conditions } from '../weather/conditions.ts'
import { round } from '../weather/round.ts'
import type { Station } from './station.ts'
import { speed, temperature, type UnitSystem } from './units.ts'

/** `main`: pressure is that at sea level. */
export const mainOf = (
  now: Conditions,
  options: { readonly station: Station; readonly units: UnitSystem },
) => {
  const { station, units } = options
  const sea = Math.round(now.pressureSeaHpa)
  const ground = Math.round(now.pressureSurfaceHpa)
  return {
    temp: temperature(now.temperatureC, units),
    feels_like: temperature(now.feelsLikeC, units),
    temp_min: temperature(now.temperatureC - station.spreadC, units),
    temp_max: temperature(now.temperatureC + station.spreadC, units),
    pressure: sea,
    humidity: Math.round(now.humidityPercent),
    ...(station.knowsLevels && { sea_level: sea, grnd_level: ground }),
  }
}

const gustFrom = 6

/** `wind`: stations without a vane, and calm air, have no direction; gusts are told when they are felt. */
export const windOf = (
  now: Conditions,
  options: { readonly station: Station; readonly units: UnitSystem },
) => {
  const { station, units } = options
  const hasDirection = station.knowsDirection && now.windMs >= 0.5
  return {
    speed: speed(now.windMs, units),
    ...(hasDirection && { deg: Math.round(now.windFromDegrees) % 360 }),
    ...(now.gustMs >= gustFrom && { gust: speed(now.gustMs, units) }),
  }
}

/** Less than this in an hour, in mm, is not told. */
const dryBelow = 0.1

/** `rain` and `snow` in mm over the last `hours`; absent when nothing fell. */
export const fallOf = (now: Conditions, hours: 1 | 3) => {
  const rain = (now.rainMmH + now.showersMmH) * hours
  const snow = now.snowMmH * hours
  const span = `${hours}h`
  return {
    ...(rain >= dryBelow && { rain: { [span]: round(rain, 2) } }),
    ...(snow >= dryBelow && { snow: { [span]: round(snow, 2) } }),
  }
}

const farthest = 10_000

/** Metres, at most 10 km. */
export const visibilityOf = (now: Conditions): number =>
  Math.min(farthest, Math.round(now.visibilityM))
