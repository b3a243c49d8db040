import { hash128 } from '../market/random.ts'
import { type City, cityNear } from '../weather/cities.ts'
import { type Spot, wrapped } from '../weather/sphere.ts'
import { sunTimes } from '../weather/sun.ts'
import { offsetSeconds, zoneOf } from '../weather/zone.ts'

/** What answers for a place: which fields it has stays the same from call to call. */
export interface Station {
  readonly city: City | undefined
  /** A station on the ground, of which the reply gives the number. */
  readonly number: number | undefined
  readonly knowsDirection: boolean
  readonly knowsVisibility: boolean
  readonly knowsLevels: boolean
  /** How much warmer and colder its surroundings are, in °C. */
  readonly spreadC: number
}

/** Within this distance a reply carries the city's name and id. */
const cityWithinKm = 40

/** The station of a place under a seed. */
export const stationOf = (spot: Spot, seed: number): Station => {
  const key = `${seed}/station/${spot.latitude.toFixed(2)},${spot.longitude.toFixed(2)}`
  const [has, direction, visibility, levels] = hash128(key)
  const ground = has % 4 !== 0
  return {
    city: cityNear(spot, cityWithinKm),
    number: ground ? 1_000 + (has % 9_000) : undefined,
    knowsDirection: direction % 8 !== 0,
    knowsVisibility: visibility % 12 !== 0,
    knowsLevels: levels % 3 !== 0,
    spreadC: ground ? 0.4 + (direction % 20) / 10 : 0,
  }
}

/** As coordinates are echoed: four digits, longitude in [-180, 180). */
export const coordOf = (spot: Spot) => ({
  lon: Number(wrapped(spot.longitude).toFixed(4)),
  lat: Number(spot.latitude.toFixed(4)),
})

/** Epoch seconds; where the sun does not rise or not set that day, both are the same. */
export const sunOf = (spot: Spot, ms: number) => {
  const sun = sunTimes(spot, ms)
  const { rise, set } = sun.kind === 'rises' ? sun : { rise: sun.noon, set: sun.noon }
  return { sunrise: Math.floor(rise / 1000), sunset: Math.floor(set / 1000) }
}

/** Seconds that the place's clocks are ahead of UTC. */
export const shiftOf = (spot: Spot, ms: number): number => offsetSeconds(zoneOf(spot), ms)
