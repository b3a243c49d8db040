import { cacheKey } from '@flux/contracts'
import type { Cache, Clock } from '@flux/runtime'
import { dayMs } from './schedule.ts'
import type { Category } from './values.ts'

/** Whose turn it is: the category that was asked for longest ago, over all replicas. */
export interface Turns {
  next(): Promise<Category>
  /** Notes that it is asked for now, whatever comes of it: one that fails must not hold up the others. */
  asked(category: Category): Promise<void>
}

const keyOf = (category: Category) => cacheKey.once('news-asked', category)

/** The one with the lowest time; among equals the first. */
export const longestAgo = (times: readonly (readonly [Category, number])[]): Category | undefined =>
  times.reduce<readonly [Category, number] | undefined>(
    (least, next) => (least === undefined || next[1] < least[1] ? next : least),
    undefined,
  )?.[0]

/** Makes the turns of at least one category; without the cache each replica has its own. */
export const createTurns = (options: {
  readonly categories: readonly [Category, ...Category[]]
  readonly cache: Pick<Cache, 'getMany' | 'set'>
  readonly clock: Clock
}): Turns => {
  const { categories, cache, clock } = options
  const own = new Map<Category, number>()

  const times = async () => {
    const shared = await cache.getMany(categories.map(keyOf))
    return categories.map((category, i) => {
      const elsewhere = Number(shared[i] ?? 0)
      return [category, Math.max(own.get(category) ?? 0, elsewhere || 0)] as const
    })
  }

  return {
    next: async () => longestAgo(await times()) ?? categories[0],
    asked: async (category) => {
      const now = clock.now()
      own.set(category, now)
      await cache.set(keyOf(category), String(now), dayMs)
    },
  }
}
