import type { Random } from '../market/random.ts'
import type { Grammar } from './words.ts'

/** One of a list, by chance. */
export const pick = <T>(list: readonly T[], random: Random): T => {
  const chosen = list[random.int(0, list.length - 1)]
  if (chosen === undefined) throw new RangeError('nothing to pick from')
  return chosen
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const fillSlot = (slot: string, grammar: Grammar, random: Random): string => {
  if (slot === 'n') return String(random.int(2, 90))
  const word = pick(grammar.words[slot.toLowerCase()] ?? [slot], random)
  return slot === slot.toLowerCase() ? word : capitalised(word)
}

/** A pattern with its slots filled, its first letter large. */
const fillPattern = (pattern: string, grammar: Grammar, random: Random): string =>
  capitalised(
    pattern.replaceAll(/\{(\w+)\}/g, (_, slot: string) => fillSlot(slot, grammar, random)),
  )

/** A headline of a category; of any category when the language has none of it. */
export const headline = (grammar: Grammar, category: string, random: Random): string =>
  fillPattern(
    pick(grammar.titles[category] ?? Object.values(grammar.titles).flat(), random),
    grammar,
    random,
  )

/** So many sentences, all different patterns as far as there are so many. */
export const prose = (grammar: Grammar, count: number, random: Random): string => {
  const from = random.int(0, grammar.sentences.length - 1)
  return Array.from({ length: count }, (_, i) => {
    const pattern = grammar.sentences[(from + i) % grammar.sentences.length] ?? ''
    return fillPattern(pattern, grammar, random)
  }).join(' ')
}
