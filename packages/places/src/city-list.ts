import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { PlaceDetails } from '@flux/contracts'
import { foreignPopulation, missingCodes, missingZones, repeated } from './corrections.ts'
import { otherNames } from './other-names.ts'

/** A city as the list has it, without an id. */
export interface City extends Readonly<Omit<PlaceDetails, 'id'>> {
  readonly countryName: string
  /** ISO 3166 alpha-3. */
  readonly country3: string
  /** `IL`; empty where the list has none. */
  readonly regionCode: string
  /** Names beside `name` under which it is found. */
  readonly otherNames: readonly string[]
}

const isRow = (row: unknown): row is Readonly<Record<string, unknown>> =>
  typeof row === 'object' && row !== null

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN)

/** About ten metres; the list pretends to more. */
const rounded = (degrees: number): number => Math.round(degrees * 10_000) / 10_000

const populationOf = (value: number): number | null => (value >= 1 ? Math.round(value) : null)

const countryOf = (code: string, name: string): string =>
  /^[A-Z]{2}$/.test(code) ? code : (missingCodes[name] ?? '')

/** The name under which the corrections know a row of the list. */
export const rowName = (row: Readonly<Record<string, unknown>>): string => {
  const country = countryOf(textOf(row['iso2']), textOf(row['country']))
  return `${textOf(row['city'])}, ${textOf(row['province'])}, ${country}`
}

const nameParts = (row: Readonly<Record<string, unknown>>) => {
  const known = rowName(row)
  return {
    name: textOf(row['city']),
    otherNames: [textOf(row['city_ascii']), ...(otherNames[known] ?? [])],
    zone: textOf(row['timezone']) || (missingZones[known] ?? ''),
    population: foreignPopulation.has(known) ? null : populationOf(numberOf(row['pop'])),
  }
}

const toCity = (row: Readonly<Record<string, unknown>>): City => ({
  ...nameParts(row),
  country: countryOf(textOf(row['iso2']), textOf(row['country'])),
  countryName: textOf(row['country']),
  country3: textOf(row['iso3']),
  region: textOf(row['province']) || null,
  regionCode: textOf(row['state_ansi']),
  latitude: rounded(numberOf(row['lat'])),
  longitude: rounded(numberOf(row['lng'])),
})

const isComplete = (city: City): boolean =>
  city.name !== '' &&
  city.country !== '' &&
  Math.abs(city.latitude) <= 90 &&
  Math.abs(city.longitude) <= 180

const order = (a: string, b: string): number => Number(a > b) - Number(a < b)

/** Largest first; the rest only makes the order the same whatever the order of the list. */
const largestFirst = (a: City, b: City): number =>
  (b.population ?? 0) - (a.population ?? 0) ||
  order(a.name, b.name) ||
  a.latitude - b.latitude ||
  a.longitude - b.longitude

/** Without the later ones of the same name, region and country. */
export const firstOfName = (cities: readonly City[]): City[] => {
  const seen = new Set<string>()
  return cities.filter(({ name, region, country }) => {
    const known = `${name}, ${region}, ${country}`
    if (seen.has(known)) return false
    seen.add(known)
    return true
  })
}

/** The rows of the list that make sense as cities, largest first. Zones may be anything. */
export const citiesOf = (rows: readonly unknown[]): City[] =>
  rows
    .filter(isRow)
    .filter((row) => !repeated.has(rowName(row)))
    .map(toCity)
    .filter(isComplete)
    .toSorted(largestFirst)

/**
 * The rows of the npm package city-timezones. Read as a file, not imported: the two megabytes of text are parsed when
 * they are wanted, and can go when they have been read. Throws when the package is not installed.
 */
export const readRows = (): readonly unknown[] => {
  const require = createRequire(import.meta.url)
  const text = readFileSync(require.resolve('city-timezones/data/cityMap.json'), 'utf8')
  const rows: unknown = JSON.parse(text)
  return Array.isArray(rows) ? rows : []
}
