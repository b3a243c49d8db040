import type { Cache } from '@flux/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/** A cache under test. Keys are made unique by the suite, so a server may be shared. */
export interface CacheHarness {
  readonly cache: Cache
  /** Lets time pass for the cache, at least a bit and at most `ms` milliseconds a call. */
  pass(ms: number): Promise<void>
}

/** Registers the tests that every adapter of the cache port passes. */
export const cacheConformance = (name: string, makeCache: () => Promise<CacheHarness>): void => {
  describe(`cache conformance: ${name}`, () => {
    let harness: CacheHarness
    let cache: Cache
    const key = (part: string) => `conformance:${crypto.randomUUID()}:${part}`

    beforeEach(async () => {
      harness = await makeCache()
      cache = harness.cache
    })
    afterEach(async () => {
      await cache.close()
    })

    /** Passes time until the condition holds; a condition that never does fails the test by its deadline. */
    const eventually = async (condition: () => Promise<boolean>) => {
      for (let tries = 0; tries < 500; tries += 1) {
        if (await condition()) return
        await harness.pass(20)
      }
      expect.unreachable('the condition never held')
    }

    it('answers undefined for a key that was never set', async () => {
      expect(await cache.get(key('a'))).toBeUndefined()
    })

    it('gives back what was set, text of any kind', async () => {
      const texts = ['', '0', '{"a":"é 🌧"}', 'x'.repeat(100_000)]
      for (const [index, text] of texts.entries()) {
        const at = key(String(index))
        expect(await cache.set(at, text, 60_000)).toBe(true)
        expect(await cache.get(at)).toBe(text)
      }
    })

    it('replaces a value and its time to live', async () => {
      const at = key('a')
      await cache.set(at, 'one', 40)
      await cache.set(at, 'two', 60_000)
      await harness.pass(20)
      await harness.pass(20)
      await harness.pass(20)
      expect(await cache.get(at)).toBe('two')
    })

    it('forgets a value after its time to live', async () => {
      const at = key('a')
      await cache.set(at, 'one', 30)
      await eventually(async () => (await cache.get(at)) === undefined)
    })

    it('takes a time to live with a fraction', async () => {
      expect(await cache.set(key('a'), 'one', 1_000.5)).toBe(true)
    })

    it('reads many keys in the order asked for', async () => {
      const [a, b, c] = [key('a'), key('b'), key('c')]
      await cache.set(a, '1', 60_000)
      await cache.set(c, '3', 60_000)
      expect(await cache.getMany([c, b, a, a])).toEqual(['3', undefined, '1', '1'])
      expect(await cache.getMany([])).toEqual([])
    })

    it('deletes a value and tells whether there was one', async () => {
      const at = key('a')
      await cache.set(at, 'one', 60_000)
      expect(await cache.delete(at)).toBe(true)
      expect(await cache.get(at)).toBeUndefined()
      expect(await cache.delete(at)).toBe(false)
    })

    it('lets one of many claims win and keeps its value', async () => {
      const at = key('a')
      const claims = ['a', 'b', 'c', 'd', 'e'].map((who) => cache.claim(at, who, 60_000))
      const results = await Promise.all(claims)
      expect(results.filter((result) => result === 'won')).toHaveLength(1)
      expect(results.filter((result) => result === 'lost')).toHaveLength(4)
      expect(await cache.get(at)).toBe(['a', 'b', 'c', 'd', 'e'][results.indexOf('won')])
    })

    it('lets a claim win again after its time to live and after a delete', async () => {
      const at = key('a')
      expect(await cache.claim(at, 'one', 30)).toBe('won')
      await eventually(async () => (await cache.claim(at, 'two', 60_000)) === 'won')
      await cache.delete(at)
      expect(await cache.claim(at, 'three', 60_000)).toBe('won')
    })

    it('grants no more tokens than the window has', async () => {
      const window = { limit: 10, windowMs: 60_000 }
      const at = key('budget')
      const takes = Array.from({ length: 8 }, () => cache.take(at, { ...window, want: 3 }))
      const granted = await Promise.all(takes)
      expect(granted.reduce<number>((sum, count) => sum + (count ?? 0), 0)).toBe(10)
      expect(await cache.take(at, { ...window, want: 1 })).toBe(0)
      expect(await cache.take(key('other'), { ...window, want: 1 })).toBe(1)
    })

    it('grants what is left when more is wanted, and nothing for nothing', async () => {
      const at = key('budget')
      expect(await cache.take(at, { want: 0, limit: 5, windowMs: 60_000 })).toBe(0)
      expect(await cache.take(at, { want: 4, limit: 5, windowMs: 60_000 })).toBe(4)
      expect(await cache.take(at, { want: 4, limit: 5, windowMs: 60_000 })).toBe(1)
    })

    it('frees tokens one by one as their time passes', async () => {
      const at = key('budget')
      const take = () => cache.take(at, { want: 1, limit: 2, windowMs: 60 })
      expect(await take()).toBe(1)
      await harness.pass(20)
      expect(await take()).toBe(1)
      await eventually(async () => (await take()) === 1)
    })

    it('is healthy while calls succeed', async () => {
      await cache.set(key('a'), 'one', 1_000)
      expect(cache.healthy()).toBe(true)
    })
  })
}
