import { z } from 'zod'
import { keyState } from '../api-key.ts'
import { type City, cities, findCities, folded } from '../weather/cities.ts'
import type { Spot } from '../weather/sphere.ts'
import { Refusal } from './errors.ts'
import { systems } from './units.ts'

const text = z.string().optional()

const shape = z.object({
  appid: text,
  lat: text,
  lon: text,
  q: text,
  id: text,
  zip: text,
  lang: z.string().default('en'),
  cnt: z.coerce.number().int().min(1).max(40).catch(40),
  limit: z.coerce.number().int().min(1).max(5).catch(1),
  // Unknown systems are taken for the standard one.
  units: z.enum(systems).catch('standard'),
})

/** What a request asks for. */
export type Query = z.infer<typeof shape>

/** Reads a query. Throws Refusal 401 without a key that is taken, 400 for what cannot be read. */
export const readQuery = (query: unknown): Query => {
  const read = shape.safeParse(query)
  if (!read.success) throw new Refusal(400)
  if (keyState(read.data.appid) !== 'good') throw new Refusal(401)
  return read.data
}

const coordinate = (given: string | undefined, name: string, most: number): number => {
  const value = Number(given?.trim() || Number.NaN)
  if (Number.isNaN(value) || Math.abs(value) > most) throw new Refusal(400, `wrong ${name}`)
  return value
}

/** Cities called `city` or `city,country` or `city,region,country`. */
export const citiesNamed = (q: string): readonly City[] => {
  const [name = '', ...parts] = q.split(',').map(folded)
  const country = parts.at(-1)
  return findCities((known) => known === name).filter(
    (city) => country === undefined || city.country.toLowerCase() === country,
  )
}

const cityAsked = ({ q, id, zip }: Query): City => {
  if (q === undefined && id === undefined && zip === undefined) throw new Refusal(400)
  const city = q === undefined ? cities.find((c) => String(c.id) === id) : citiesNamed(q)[0]
  if (!city) throw new Refusal(404)
  return city
}

/** The spot that `lat` and `lon`, `q` or `id` mean. Throws Refusal 400 or 404. */
export const spotOf = (query: Query): Spot => {
  if (query.lat === undefined && query.lon === undefined) return cityAsked(query)
  return {
    latitude: coordinate(query.lat, 'latitude', 90),
    longitude: coordinate(query.lon, 'longitude', 180),
  }
}
