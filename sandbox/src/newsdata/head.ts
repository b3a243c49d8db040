import { createRandom } from '../market/random.ts'
import { pick } from './grammar.ts'
import { type Source, sources } from './words.ts'

/** A story comes about once a minute. */
const everyMs = 60_000
/** How far back the API tells. */
const tellsBackMs = 48 * 60 * everyMs

/** The categories that stories are in, the frequent ones more than once. */
const drawn = [
  ...['business', 'business', 'technology', 'technology', 'politics', 'politics'],
  ...['science', 'world', 'world', 'sports', 'health', 'environment'],
]

/** All categories that the API knows. */
export const categories: readonly string[] = [
  ...['business', 'crime', 'domestic', 'education', 'entertainment', 'environment', 'food'],
  ...['health', 'lifestyle', 'other', 'politics', 'science', 'sports', 'technology', 'top'],
  ...['tourism', 'world'],
]

/** What is chosen by: cheap to draw for thousands of stories. */
export interface StoryHead {
  /** Minute since 1970: one story each. */
  readonly number: number
  readonly publishedAt: number
  readonly category: string
  /** Also among the most read. */
  readonly isTop: boolean
  readonly source: Source
  /** The story that this one repeats. */
  readonly original?: StoryHead
}

const ownHead = (seed: number, number: number): StoryHead => {
  const random = createRandom(seed, `news/${number}`)
  return {
    number,
    publishedAt: number * everyMs + random.int(0, 59) * 1000,
    category: pick(drawn, random),
    isTop: random.chance(0.12),
    source: pick(sources, random),
  }
}

/** The head of a story: one in ten repeats another of the last dozen, in the same category and language. */
export const headOf = (seed: number, number: number): StoryHead => {
  const own = ownHead(seed, number)
  const random = createRandom(seed, `news/${number}/again`)
  if (!random.chance(0.1)) return own
  const original = ownHead(seed, number - random.int(1, 12))
  const { language } = original.source
  const source = own.source.language === language ? own.source : original.source
  return { ...own, original, category: original.category, source }
}

/** What the article says of its categories. */
export const categoriesOf = ({ category, isTop }: StoryHead): string[] =>
  isTop ? ['top', category] : [category]

/** The heads of the 48 hours up to `time`, the newest first; only those before story `before`. */
export function* headsUntil(
  time: number,
  options: { seed: number; before?: number | undefined },
): Generator<StoryHead> {
  const { seed, before = Number.POSITIVE_INFINITY } = options
  const newest = Math.min(Math.floor(time / everyMs), before - 1)
  const oldest = Math.floor((time - tellsBackMs) / everyMs)
  for (let number = newest; number > oldest; number--) {
    const head = headOf(seed, number)
    if (head.publishedAt <= time) yield head
  }
}

/** The opaque text that says where the next page begins: 19 digits, a time in nanoseconds. */
export const cursorOf = ({ publishedAt }: StoryHead): string => `${publishedAt}000000`

/** The story number that a cursor stands at, undefined for what is no cursor. */
export const numberAt = (cursor: string): number | undefined =>
  /^\d{13}000000$/.test(cursor) ? Math.floor(Number(cursor.slice(0, 13)) / everyMs) : undefined
