import { beginsArea, namesArea } from './area.ts'
import { foldedWords } from './fold.ts'
import { type Gazetteer, type Reading, readingsOf } from './gazetteer.ts'
import type { NameKey } from './name-index.ts'

/** Finds the best `limit` cities for what has been typed so far. */
export type Search = (query: string, limit: number) => number[]

/** How well a city fits: lower is better, and the larger city is first among equals. */
const fit = { exact: 0, prefix: 1, word: 2, area: 3, near: 4, elsewhere: 20 } as const

/** What needs words of the area to fit stands between two steps. */
const behind = ({ area }: Reading): number => (area.length === 0 ? 0 : 0.5)

const fitOf = (key: NameKey, name: string): number => {
  if (!key.whole) return fit.word
  return key.text === name ? fit.exact : fit.prefix
}

/** Keeps the best fit of every city. */
const createHits = () => {
  const best = new Map<number, number>()
  return {
    add: (city: number, value: number) => {
      best.set(city, Math.min(value, best.get(city) ?? value))
    },
    size: () => best.size,
    top: (limit: number) =>
      [...best]
        .toSorted(([a, fitA], [b, fitB]) => fitA - fitB || a - b)
        .slice(0, limit)
        .map(([city]) => city),
  }
}

type Hits = ReturnType<typeof createHits>

const addNamed = ({ names, lies }: Gazetteer, hits: Hits, reading: Reading) => {
  const { name, area } = reading
  for (const key of names.startingWith(name)) {
    const fits = lies(key.city, (of) => beginsArea(of, area))
    if (fits) hits.add(key.city, fitOf(key, name) + behind(reading))
  }
}

/** `norway`, `ontario`: the cities there. */
const addOfArea = ({ areas }: Gazetteer, hits: Hits, words: readonly string[]) => {
  for (const area of areas.filter((one) => namesArea(one, words))) {
    for (const city of area.cities) hits.add(city, fit.area)
  }
}

/** Readings in which typing errors are looked for: the cost of a search is mostly theirs. */
const nearReadings = 6

/** A name of which only the beginning is near is a guess, worth making only when there is nothing better. */
const addNear = ({ nearNames, lies }: Gazetteer, hits: Hits, readings: readonly Reading[]) => {
  const guess = hits.size() === 0
  for (const reading of readings.slice(0, nearReadings)) {
    for (const { city, edits, prefix } of nearNames(reading.name)) {
      const fits = (guess || !prefix) && lies(city, (of) => beginsArea(of, reading.area))
      if (fits) hits.add(city, fit.near + 2 * edits + (prefix ? 1 : 0) + behind(reading))
    }
  }
}

/** Words behind the name that are known of no such city, `oslo norge`: better the city than nothing. */
const addElsewhere = ({ names }: Gazetteer, hits: Hits, readings: readonly Reading[]) => {
  for (const { name, area } of readings) {
    for (const key of names.equalTo(name)) {
      if (key.whole) hits.add(key.city, fit.elsewhere + area.length)
    }
  }
}

/** Makes the search. */
export const createSearch =
  (gazetteer: Gazetteer): Search =>
  (query, limit) => {
    const words = foldedWords(query)
    const readings = readingsOf(words)
    const hits = createHits()
    if (words.length === 0) return []
    for (const reading of readings) addNamed(gazetteer, hits, reading)
    if (hits.size() < limit) addOfArea(gazetteer, hits, words)
    if (hits.size() < limit) addNear(gazetteer, hits, readings)
    if (hits.size() === 0) addElsewhere(gazetteer, hits, readings)
    return hits.top(limit)
  }
