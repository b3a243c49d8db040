import { cacheConformance, manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createMemoryCache } from './memory.ts'

cacheConformance('memory', async () => {
  const clock = manualClock()
  return { cache: createMemoryCache({ clock }), pass: (ms) => clock.advance(ms) }
})

describe('memory cache', () => {
  it('misses everything while it is away and has kept its values when it is back', async () => {
    const cache = createMemoryCache({ clock: manualClock() })
    await cache.set('a', '1', 1_000)
    cache.setAway(true)
    expect(await cache.get('a')).toBeUndefined()
    expect(await cache.getMany(['a', 'b'])).toEqual([undefined, undefined])
    expect(await cache.set('b', '2', 1_000)).toBe(false)
    expect(await cache.claim('c', '3', 1_000)).toBe('unknown')
    expect(await cache.delete('a')).toBe(false)
    expect(await cache.take('d', { want: 1, limit: 1, windowMs: 1_000 })).toBeUndefined()
    expect(cache.healthy()).toBe(false)
    cache.setAway(false)
    expect(await cache.get('a')).toBe('1')
    expect(cache.healthy()).toBe(true)
  })

  it('holds a bounded number of keys, the newest ones', async () => {
    const cache = createMemoryCache({ clock: manualClock(), maxKeys: 3 })
    for (const key of ['a', 'b', 'c', 'a', 'd']) await cache.set(key, key, 1_000)
    expect(await cache.getMany(['a', 'b', 'c', 'd'])).toEqual(['a', undefined, 'c', 'd'])
  })
})
