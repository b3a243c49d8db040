import {
  cacheKey,
  type UserField,
  type UserUpdate,
  userFields,
  userUpdateMessage,
} from '@flux/contracts'
import type { Cache } from '@flux/runtime'

/** What is kept of users. While the cache is away nothing is known and nothing is kept: browsers hold a copy. */
export interface UserStore {
  /** All fields that are known. */
  read(userId: string): Promise<readonly UserUpdate[]>
  field(userId: string, field: UserField): Promise<UserUpdate | undefined>
  write(userId: string, update: UserUpdate): void
}

/** As long as a guest's token lives, in milliseconds. */
const keptMs = 90 * 24 * 3_600_000

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const updateOf = (field: UserField, text: string | undefined): UserUpdate | undefined => {
  const parsed = userUpdateMessage.safeParse(text === undefined ? undefined : parse(text))
  return parsed.success && parsed.data.field === field ? parsed.data : undefined
}

/** Keeps each field under a key of its own, so that two replicas that write two fields lose none. */
export const createUserStore = (cache: Pick<Cache, 'get' | 'getMany' | 'set'>): UserStore => ({
  read: async (userId) => {
    const texts = await cache.getMany(userFields.map((field) => cacheKey.user(userId, field)))
    return userFields.flatMap((field, index) => updateOf(field, texts[index]) ?? [])
  },
  field: async (userId, field) => updateOf(field, await cache.get(cacheKey.user(userId, field))),
  write: (userId, update) => {
    void cache.set(cacheKey.user(userId, update.field), JSON.stringify(update), keptMs)
  },
})
