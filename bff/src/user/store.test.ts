import { cacheKey, type UserUpdate } from '@flux/contracts'
import { createMemoryCache } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createUserStore } from './store.ts'

const userId = 'u'.repeat(22)
const units: UserUpdate = { field: 'units', value: 'metric', ver: 1 }

const opened = () => {
  const clock = manualClock()
  const cache = createMemoryCache({ clock })
  return { clock, cache, store: createUserStore(cache) }
}

describe('what is kept of users', () => {
  it('is there for 90 days, field by field, each user for himself', async () => {
    const { clock, store } = opened()
    store.write(userId, units)
    store.write(userId, { field: 'home', value: 'oslo-no', ver: 2 })
    expect(await store.read(userId)).toHaveLength(2)
    expect(await store.field(userId, 'units')).toEqual(units)
    expect(await store.read('v'.repeat(22))).toEqual([])
    await clock.advance(89 * 24 * 3_600_000)
    expect(await store.field(userId, 'units')).toEqual(units)
    await clock.advance(24 * 3_600_000)
    expect(await store.read(userId)).toEqual([])
  })

  it('is not known where it is no value of its field, or nothing answers', async () => {
    const { cache, store } = opened()
    const key = cacheKey.user(userId, 'units')
    for (const text of [
      '{',
      '5',
      JSON.stringify({ field: 'places', value: [], ver: 1 }),
      '{"field":"units"}',
    ]) {
      await cache.set(key, text, 1_000)
      expect(await store.field(userId, 'units'), text).toBeUndefined()
      expect(await store.read(userId)).toEqual([])
    }
    cache.setAway(true)
    store.write(userId, units)
    expect(await store.read(userId)).toEqual([])
  })
})
