import { type Area, areasOf, createCountries } from './area.ts'
import type { City } from './city-list.ts'
import { createFuzzy, type Fuzzy } from './fuzzy.ts'
import { createNameIndex, type NameIndex } from './name-index.ts'

/** Everything by which a city is looked up. A city is its index in the list, which has the largest first. */
export interface Gazetteer {
  readonly names: NameIndex
  readonly nearNames: Fuzzy
  /** Every area once. */
  readonly areas: readonly Area[]
  /** True when the city's area fits. */
  lies(city: number, fits: (area: Area) => boolean): boolean
  /** Codes of the countries whose name or code this text is. */
  countryCodes(text: string): ReadonlySet<string>
}

/** A way to read a query: a name, and words of its area behind it. */
export interface Reading {
  readonly name: string
  readonly area: readonly string[]
}

/** Words of the longest region of the list with its country. */
const longestArea = 10

/** `paris us` may be a city of this name, or Paris in the US: the longest name first. */
export const readingsOf = (words: readonly string[]): Reading[] =>
  Array.from({ length: Math.min(words.length, longestArea) }, (_, count) => ({
    name: words.slice(0, words.length - count).join(' '),
    area: words.slice(words.length - count),
  }))

/** Indexes the cities, which come largest first. */
export const createGazetteer = (cities: readonly City[]): Gazetteer => {
  const countries = createCountries(cities)
  const areas = areasOf(cities, countries)
  const names = createNameIndex(cities)
  return {
    names,
    nearNames: createFuzzy(names.whole),
    areas: [...new Set(areas)],
    lies: (city, fits) => {
      const area = areas[city]
      return area !== undefined && fits(area)
    },
    countryCodes: countries.codesOf,
  }
}
