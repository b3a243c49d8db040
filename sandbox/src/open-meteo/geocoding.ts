import { z } from 'zod'
import { hash128 } from '../market/random.ts'
import { type City, findCities, folded, nameOf } from '../weather/cities.ts'
import { refusal } from './errors.ts'

const searchQuery = z.object({
  name: z.string({ error: "Parameter 'name' is required" }),
  count: z.coerce
    .number()
    .int()
    .min(1)
    .max(100, { error: 'Parameter count must be between 1 and 100.' })
    .default(10),
  language: z.string().default('en'),
})

const countryOf = (code: string, language: string): string => {
  const known = Intl.DisplayNames.supportedLocalesOf([language]).length > 0
  const names = new Intl.DisplayNames([known ? language : 'en'], { type: 'region' })
  return names.of(code) ?? code
}

const countryId = (code: string): number => 100_000 + (hash128(`country/${code}`)[0] % 8_000_000)

const resultOf = (city: City, options: { language: string; elevation: number }) => ({
  id: city.id,
  name: nameOf(city, options.language),
  latitude: city.latitude,
  longitude: city.longitude,
  elevation: Math.round(options.elevation),
  feature_code: city.region === city.name ? 'PPLC' : 'PPL',
  country_code: city.country,
  // A part of a country that has no name has no id either.
  ...(city.region !== '' && { admin1_id: city.id + 1 }),
  timezone: city.zone,
  population: city.population,
  country_id: countryId(city.country),
  country: countryOf(city.country, options.language),
  ...(city.region !== '' && { admin1: city.region }),
})

/** One character finds nothing, two only the whole name, more also names that begin so. */
const matcher = (wanted: string) => (name: string) =>
  wanted.length > 2 ? name.startsWith(wanted) : wanted.length === 2 && name === wanted

const isLanguage = (text: string) => /^[a-z]{2,3}(-[a-z]{2,4})?$/i.test(text)

/** `/v1/search`: no `results` at all when nothing matches. Throws what `refusal` makes. */
export const searchOf = (
  query: unknown,
  elevation: (city: City) => number,
): Record<string, unknown> => {
  const read = searchQuery.safeParse(query)
  if (!read.success) throw refusal(read.error.issues[0]?.message ?? 'Invalid request')
  const { name, count } = read.data
  const language = isLanguage(read.data.language) ? read.data.language : 'en'
  const found = findCities(matcher(folded(name))).slice(0, count)
  const results = found.map((city) => resultOf(city, { language, elevation: elevation(city) }))
  return { ...(results.length > 0 && { results }), generationtime_ms: 0.25 }
}
