import { dayMs, degrees, radians, type Spot, wrapped } from './sphere.ts'

/** 2000-01-01T12:00:00Z, from which astronomers count days. */
const j2000 = Date.UTC(2000, 0, 1, 12)
/** The upper edge of the sun with the refraction of the air, in degrees. */
const horizon = -0.833

const sin = (angle: number) => Math.sin(radians(angle))
const cos = (angle: number) => Math.cos(radians(angle))

/** The sun as the Astronomical Almanac's short formulas give it (0.01 degrees until 2050). */
const sunOf = (ms: number) => {
  const days = (ms - j2000) / dayMs
  const anomaly = 357.529 + 0.98560028 * days
  const longitude = 280.459 + 0.98564736 * days + 1.915 * sin(anomaly) + 0.02 * sin(2 * anomaly)
  const tilt = 23.439 - 0.00000036 * days
  const rightAscension = degrees(Math.atan2(cos(tilt) * sin(longitude), cos(longitude)))
  const sidereal = 15 * (18.697374558 + 24.06570982441908 * days)
  return {
    declination: degrees(Math.asin(sin(tilt) * sin(longitude))),
    /** Hour angle at Greenwich. */
    greenwich: sidereal - rightAscension,
  }
}

/** Where the sun stands. */
export interface SunPosition {
  /** Degrees above the horizon. */
  readonly elevation: number
  /** Degrees above the horizon when it is highest that day. */
  readonly noonElevation: number
  /** Degrees since its highest point, 15 an hour, in [-180, 180). */
  readonly hourAngle: number
  readonly isDay: boolean
}

/** Where the sun stands over `spot`. */
export const sunPosition = (spot: Spot, ms: number): SunPosition => {
  const { declination, greenwich } = sunOf(ms)
  const { latitude } = spot
  const hourAngle = wrapped(greenwich + spot.longitude)
  const high = sin(latitude) * sin(declination)
  const wide = cos(latitude) * cos(declination)
  const elevation = degrees(Math.asin(high + wide * cos(hourAngle)))
  const noonElevation = 90 - Math.abs(latitude - declination)
  return { elevation, noonElevation, hourAngle, isDay: elevation > horizon }
}

/** Sunrise and sunset of a day in epoch milliseconds, or why there is none; `noon` is when the sun is highest. */
export type SunTimes =
  | { readonly kind: 'rises'; readonly noon: number; readonly rise: number; readonly set: number }
  | { readonly kind: 'never-rises' | 'never-sets'; readonly noon: number }

const noonNear = (spot: Spot, ms: number): number =>
  ms - (wrapped(sunOf(ms).greenwich + spot.longitude) / 360) * dayMs

/** Half the length of the day in degrees at the sun's height of `ms`; NaN when it never crosses the horizon. */
const halfDay = (latitude: number, ms: number): number => {
  const { declination } = sunOf(ms)
  const wide = cos(latitude) * cos(declination)
  return degrees(Math.acos((sin(horizon) - sin(latitude) * sin(declination)) / wide))
}

/** Sunrise and sunset around the noon nearest to `ms`. */
export const sunTimes = (spot: Spot, ms: number): SunTimes => {
  const noon = noonNear(spot, noonNear(spot, ms))
  const crossing = (side: -1 | 1): number => {
    // The sun's height changes on the way from noon: once more with that of the moment found.
    const first = noon + (side * halfDay(spot.latitude, noon) * dayMs) / 360
    return noon + (side * halfDay(spot.latitude, first) * dayMs) / 360
  }
  const rise = crossing(-1)
  const set = crossing(1)
  if (!Number.isNaN(rise) && !Number.isNaN(set)) return { kind: 'rises', noon, rise, set }
  const { elevation } = sunPosition(spot, noon)
  return { kind: elevation > horizon ? 'never-sets' : 'never-rises', noon }
}
