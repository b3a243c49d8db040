import { createDistance } from './edit-distance.ts'
import type { NameKey } from './name-index.ts'

/** A name that is nearly what was asked for. */
interface NearMiss {
  readonly city: number
  /** 1 or 2. */
  readonly edits: number
  /** Only the beginning of the name is near: there is more to type. */
  readonly prefix: boolean
}

/** Finds what is nearly the text, which is folded. */
export type Fuzzy = (text: string) => NearMiss[]

/** How many edits a text of this length may be away: short words are near to everything. */
const allowedEdits = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2)

const shortestPrefix = 5

/** A bit for each letter; digits and blanks share one. */
const bitOf = (text: string, index: number): number => {
  const letter = text.charCodeAt(index) - 97
  return 1 << (letter >= 0 ? letter : 26)
}

/** The letters that are in a text, and those that are in it twice or more. */
interface Letters {
  readonly once: number
  readonly twice: number
}

const lettersOf = (text: string): Letters => {
  let once = 0
  let twice = 0
  for (let i = 0; i < text.length; i += 1) {
    const bit = bitOf(text, i)
    twice |= once & bit
    once |= bit
  }
  return { once, twice }
}

const countBits = (bits: number): number => {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1
  return count
}

/** Edits that it takes at least: one for each letter that the name lacks. */
const leastEdits = (wanted: Letters, name: Letters): number =>
  countBits(wanted.once & ~name.once) + countBits(wanted.twice & ~name.twice)

/**
 * Makes a fuzzy look-up over whole names. Comparing lengths and letters first spares nearly all names the table of
 * distances.
 */
export const createFuzzy = (keys: readonly NameKey[]): Fuzzy => {
  const names = keys.map((key) => ({ key, letters: lettersOf(key.text), length: key.text.length }))

  return (text) => {
    const max = allowedEdits(text.length)
    if (max === 0) return []
    const wanted = lettersOf(text)
    const distance = createDistance(text, max)
    const nearMiss = ({ text: name, city }: NameKey): NearMiss | undefined => {
      const { whole, prefix } = distance(name)
      if (whole <= max) return { city, edits: whole, prefix: false }
      const begun = prefix <= max && text.length >= shortestPrefix
      return begun ? { city, edits: prefix, prefix: true } : undefined
    }
    return names
      .filter(({ length }) => length >= text.length - max)
      .filter(({ letters }) => leastEdits(wanted, letters) <= max)
      .flatMap(({ key }) => nearMiss(key) ?? [])
  }
}
