import { normalPressure, prevailingWind } from './climate.ts'
import { createField, type Field, layered } from './noise.ts'
import { radians, type Spot } from './sphere.ts'

/** What moves over the globe; every field in [-1, 1]. */
export interface Systems {
  /** 1 in the middle of a low, -1 in that of a high. */
  readonly depth: Field
  readonly warmth: Field
  readonly moisture: Field
  /** Where air rises in showers. */
  readonly lift: Field
  readonly gusts: Field
  /** Where people and traffic are. */
  readonly traffic: Field
  readonly hills: Field
  /** Pressure at sea level in hPa where a system has this depth. */
  pressure(spot: Spot, depth: number): number
  /** m/s to the east and to the north. */
  wind(spot: Spot, ms: number): { readonly east: number; readonly north: number }
}

/** Degrees a system moves east in an hour: about 40 km in the middle latitudes. */
const eastPerHour = 0.5

/** Pressure differences are measured over this many degrees to each side. */
const reach = 1.2
const kmPerDegree = 111.2

/** Fields of the seed. */
const createFields = (seed: number) => {
  const moving = (name: string, cells: number, hours: number): Field =>
    createField(seed, name, { cells, hours, eastPerHour })
  const fixed = (name: string, cells: number): Field => createField(seed, name, { cells })
  const large = moving('depth', 6, 60)
  return {
    depth: layered(large, moving('depth-small', 15, 20)),
    large,
    warmth: layered(moving('warmth', 5, 72), moving('warmth-small', 18, 16)),
    moisture: layered(moving('moisture', 7, 40), moving('moisture-small', 24, 10)),
    lift: layered(moving('lift', 30, 8), moving('lift-small', 90, 3)),
    gusts: moving('gusts', 60, 2),
    traffic: fixed('traffic', 120),
    hills: fixed('hills', 50),
  }
}

/** How many hPa the deepest low lies below the normal pressure. */
const strength = (latitude: number): number => 4 + 16 * Math.sin(radians(latitude)) ** 2

/** The weather systems of a seed. */
export const createSystems = (seed: number): Systems => {
  const fields = createFields(seed)
  const pressure = ({ latitude }: Spot, depth: number) =>
    normalPressure(latitude) - strength(latitude) * depth
  /** hPa in 100 km to the east and to the north; the large systems alone drive the wind. */
  const slope = ({ latitude, longitude }: Spot, ms: number) => {
    const shrink = Math.max(0.15, Math.cos(radians(latitude)))
    const aside = reach / shrink
    const at = (north: number, east: number) => {
      const spot = { latitude: latitude + north, longitude: longitude + east }
      return pressure(spot, fields.large(spot, ms))
    }
    const per100Km = 100 / (2 * reach * kmPerDegree)
    return {
      east: (at(0, aside) - at(0, -aside)) * per100Km,
      north: (at(reach, 0) - at(-reach, 0)) * per100Km,
    }
  }
  const wind = (spot: Spot, ms: number) => {
    const { east, north } = slope(spot, ms)
    // Around a low against the clock in the north, with it in the south, and a little into it.
    const turn = 4.2 * Math.tanh(spot.latitude / 12)
    return {
      east: prevailingWind(spot.latitude) - turn * north - 2 * east,
      north: turn * east - 2 * north,
    }
  }
  return { ...fields, pressure, wind }
}
