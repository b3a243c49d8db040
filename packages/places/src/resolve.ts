import { type Area, namesArea } from './area.ts'
import { foldedWords } from './fold.ts'
import { type Gazetteer, readingsOf } from './gazetteer.ts'

/**
 * The largest city of exactly this name, in the country where one is given: `undefined` also when the country is not
 * known. Region and country may follow the name.
 */
export const resolveCity = (
  { names, lies, countryCodes }: Gazetteer,
  city: string,
  country: string | undefined,
): number | undefined => {
  const codes = country === undefined ? undefined : countryCodes(country)
  for (const { name, area } of readingsOf(foldedWords(city))) {
    const fits = (of: Area) => namesArea(of, area) && (codes?.has(of.country) ?? true)
    for (const key of names.equalTo(name)) {
      if (key.whole && lies(key.city, fits)) return key.city
    }
  }
  return undefined
}

/** The largest cities of the country whose name or code this is. */
export const largestIn = (
  { areas, countryCodes }: Gazetteer,
  country: string,
  limit: number,
): number[] => {
  const codes = countryCodes(country)
  return areas
    .filter((area) => codes.has(area.country))
    .flatMap((area) => area.cities)
    .toSorted((a, b) => a - b)
    .slice(0, limit)
}
