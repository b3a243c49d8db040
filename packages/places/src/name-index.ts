import type { City } from './city-list.ts'
import { foldedWords } from './fold.ts'

/** A name as it is looked up. */
export interface NameKey {
  /** Folded: the whole name, or what of it begins at a later word (`york` of New York). */
  readonly text: string
  /** Index of the city: the smaller, the larger the city. */
  readonly city: number
  readonly whole: boolean
}

/** Names by their beginnings. */
export interface NameIndex {
  /** Keys that begin with the text, which is folded. */
  startingWith(text: string): Generator<NameKey>
  /** Keys that are the text. */
  equalTo(text: string): Generator<NameKey>
  /** Keys that are whole names. */
  readonly whole: readonly NameKey[]
}

const shortened = new Map([
  ['fort', 'ft'],
  ['mount', 'mt'],
  ['saint', 'st'],
  ['sainte', 'ste'],
])

const writtenOut = new Map([...shortened].map(([long, short]) => [short, long]))

const translate = (words: readonly string[], table: ReadonlyMap<string, string>): string[][] =>
  words.some((word) => table.has(word)) ? [words.map((word) => table.get(word) ?? word)] : []

/** The words of a name as it is, with `st` for `saint`, and with `saint` for `st`. */
const spellings = (name: string): string[][] => {
  const words = foldedWords(name)
  return [words, ...translate(words, shortened), ...translate(words, writtenOut)]
}

const keysOf = (city: City, index: number): NameKey[] => {
  const names = [...new Set([city.name, ...city.otherNames])].flatMap(spellings)
  const whole = new Set(names.map((words) => words.join(' ')))
  const later = names.flatMap((words) => words.slice(1).map((_, i) => words.slice(i + 1).join(' ')))
  return [...whole.union(new Set(later))].map((text) => ({
    text,
    city: index,
    whole: whole.has(text),
  }))
}

const inOrder = (a: NameKey, b: NameKey): number => {
  if (a.text === b.text) return a.city - b.city
  return a.text < b.text ? -1 : 1
}

const firstNotBefore = (keys: readonly NameKey[], text: string): number => {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle]?.text ?? '') < text) low = middle + 1
    else high = middle
  }
  return low
}

/** Indexes the names of the cities, largest city first. */
export const createNameIndex = (cities: readonly City[]): NameIndex => {
  const keys = cities.flatMap(keysOf).toSorted(inOrder)
  const from = function* (text: string, matches: (key: NameKey) => boolean): Generator<NameKey> {
    for (let i = firstNotBefore(keys, text); i < keys.length; i += 1) {
      const key = keys[i]
      if (key === undefined || !matches(key)) return
      yield key
    }
  }
  return {
    startingWith: (text) => from(text, (key) => key.text.startsWith(text)),
    equalTo: (text) => from(text, (key) => key.text === text),
    whole: keys.filter((key) => key.whole),
  }
}
