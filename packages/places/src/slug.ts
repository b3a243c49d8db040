import { foldedWords } from './fold.ts'

/** What a slug is made of. */
export interface Named {
  readonly name: string
  readonly region: string | null
  readonly country: string
}

const slugOf = (...texts: readonly string[]): string => texts.flatMap(foldedWords).join('-')

const firstFree = ({ name, region, country }: Named, taken: ReadonlySet<string>): string => {
  const short = slugOf(name, country)
  if (!taken.has(short)) return short
  const long = slugOf(name, region ?? '', country)
  if (!taken.has(long)) return long
  let number = 2
  while (taken.has(`${long}-${number}`)) number += 1
  return `${long}-${number}`
}

/**
 * A slug for each, in the order given: `oslo-no` for who comes first, `springfield-illinois-us` for a namesake, a number
 * behind it for a namesake in the same region. All differ.
 */
export const slugsOf = (all: readonly Named[]): string[] => {
  const taken = new Set<string>()
  return all.map((named) => {
    const slug = firstFree(named, taken)
    taken.add(slug)
    return slug
  })
}
