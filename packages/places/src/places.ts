import type { PlaceDetails } from '@flux/contracts'
import { type City, citiesOf, firstOfName, readRows } from './city-list.ts'
import { createGazetteer } from './gazetteer.ts'
import { createNearest } from './nearest.ts'
import { largestIn, resolveCity } from './resolve.ts'
import { createSearch } from './search.ts'
import { slugsOf } from './slug.ts'
import { type CanonicalZone, createCanonicalZone } from './zone.ts'

/** A canonical city with its region and population; also a `Place` of the contracts. */
export type FoundPlace = Readonly<PlaceDetails>

/** The canonical cities. Everything answers at once and throws nothing. */
export interface Places {
  /** All of them, largest first. */
  readonly places: readonly FoundPlace[]
  /** The place of an id: `oslo-no`. */
  findPlace(id: string): FoundPlace | undefined
  /**
   * Places for what somebody has typed so far, at most `limit` (10): exact name, beginning of the name, beginning of a
   * later word, all of a country or region of this name, then names with a typing error; larger cities first in each.
   * Words of country and region may follow the name: `paris us`, `springfield illinois`.
   */
  searchPlaces(query: string, options?: { readonly limit?: number }): FoundPlace[]
  /** The largest place of exactly this name, accents and case aside; `country` is a code or an English name. */
  resolvePlace(city: string, country?: string): FoundPlace | undefined
  /** At most five places that may have been meant by what `resolvePlace` does not know. */
  suggestPlaces(city: string, country?: string): FoundPlace[]
  /** The nearest place by great circle. Degrees, checked at the border. */
  nearestPlace(latitude: number, longitude: number): FoundPlace
  /** The largest place of an IANA time zone or of a link to it, such as `Asia/Calcutta`. */
  largestPlaceOfZone(zone: string): FoundPlace | undefined
}

const suggestions = 5

const toPlace = (city: City, id: string): FoundPlace => ({
  id,
  name: city.name,
  country: city.country,
  latitude: city.latitude,
  longitude: city.longitude,
  zone: city.zone,
  region: city.region,
  population: city.population,
})

/** The zones of the cities by canonical name; `undefined` for what is no time zone. */
const zonesOf = (cities: readonly City[], canonicalZone: CanonicalZone) =>
  new Map([...new Set(cities.map(({ zone }) => zone))].map((zone) => [zone, canonicalZone(zone)]))

/** The largest place of every zone. The places come largest first. */
const largestByZone = (places: readonly FoundPlace[], zones: ReturnType<typeof zonesOf>) => {
  const byZone = Map.groupBy(places, ({ zone }) => zones.get(zone))
  return (zone: string | undefined) => (zone === undefined ? undefined : byZone.get(zone)?.[0])
}

/**
 * Reads and indexes the list of cities, in about a fifth of a second: once, where a process is put together. `rows` are
 * those of the npm package city-timezones. Throws when there is no city in them.
 */
export const createPlaces = (rows: readonly unknown[] = readRows()): Places => {
  const canonicalZone = createCanonicalZone()
  const all = citiesOf(rows)
  const zones = zonesOf(all, canonicalZone)
  // The stations of Antarctica are in no time zone.
  const cities = firstOfName(all.filter(({ zone }) => zones.get(zone) !== undefined))
  const ids = slugsOf(cities)
  const places = cities.map((city, index) => toPlace(city, ids[index] ?? ''))
  const [largest] = places
  if (largest === undefined) throw new Error('the list of cities is empty')
  const byId = new Map(places.map((place) => [place.id, place]))
  const byZone = largestByZone(places, zones)
  const gazetteer = createGazetteer(cities)
  const search = createSearch(gazetteer)
  const nearest = createNearest(places)
  const at = (index: number) => places[index] ?? largest

  const searchPlaces: Places['searchPlaces'] = (query, { limit = 10 } = {}) =>
    search(query, limit).map(at)
  return {
    places,
    findPlace: (id) => byId.get(id),
    searchPlaces,
    resolvePlace: (city, country) => {
      const index = resolveCity(gazetteer, city, country)
      return index === undefined ? undefined : places[index]
    },
    suggestPlaces: (city, country = '') => {
      const found = [
        ...search(`${city} ${country}`, suggestions),
        ...search(city, suggestions),
        ...largestIn(gazetteer, country, suggestions),
      ]
      return [...new Set(found)].slice(0, suggestions).map(at)
    },
    nearestPlace: (latitude, longitude) => at(nearest({ latitude, longitude })),
    largestPlaceOfZone: (zone) => byZone(canonicalZone(zone)),
  }
}
