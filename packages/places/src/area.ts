import type { City } from './city-list.ts'
import { folded, foldedWords } from './fold.ts'

/** Country and region of cities: what may stand behind a city's name in a query. */
export interface Area {
  readonly country: string
  readonly words: readonly string[]
  /** Indices of its cities, ascending. */
  readonly cities: number[]
}

/** Countries by their names and codes. */
export interface Countries {
  /** The words under which a country is known: `us`, `usa`, `united`, `states` … */
  wordsOf(city: City): readonly string[]
  /** Codes of the countries whose name or code this text is. */
  codesOf(text: string): ReadonlySet<string>
}

const namer = () => {
  const long = new Intl.DisplayNames('en', { type: 'region' })
  // UK and US, where the long style writes them out.
  const short = new Intl.DisplayNames('en', { type: 'region', style: 'short' })
  return ({ country, countryName, country3 }: City): readonly string[] => [
    country,
    country3,
    countryName,
    long.of(country) ?? '',
    short.of(country) ?? '',
  ]
}

/** Reads the countries of the cities; their names are those of the list and of Intl. */
export const createCountries = (cities: readonly City[]): Countries => {
  const namesOf = namer()
  const oneEach = new Map(cities.map((city) => [city.country, city]))
  const names = [...oneEach].map(([code, city]) => ({ code, names: namesOf(city) }))
  const words = new Map(
    names.map((one) => [one.code, [...new Set(one.names.flatMap(foldedWords))]]),
  )
  const codes = Map.groupBy(
    names.flatMap((one) => one.names.map((name) => ({ name: folded(name), code: one.code }))),
    ({ name }) => name,
  )
  return {
    wordsOf: ({ country }) => words.get(country) ?? [],
    codesOf: (text) => new Set(codes.get(folded(text))?.map(({ code }) => code)),
  }
}

/** The area of every city, by the city's index. Cities of one region share it. */
export const areasOf = (cities: readonly City[], countries: Countries): Area[] => {
  const known = new Map<string, Area>()
  return cities.map((city, index) => {
    const key = `${city.country} ${city.regionCode} ${city.region}`
    const area = known.get(key) ?? {
      country: city.country,
      words: [
        ...countries.wordsOf(city),
        ...foldedWords(city.region ?? ''),
        ...foldedWords(city.regionCode),
      ],
      cities: [],
    }
    area.cities.push(index)
    known.set(key, area)
    return area
  })
}

/** True when every word is one of the area's. */
export const namesArea = ({ words }: Area, wanted: readonly string[]): boolean =>
  wanted.every((word) => words.includes(word))

/** True when every word is the beginning of one of the area's: what somebody has typed so far. */
export const beginsArea = ({ words }: Area, wanted: readonly string[]): boolean =>
  wanted.every((word) => words.some((own) => own.startsWith(word)))
