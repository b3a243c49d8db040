import { createMemoryCache } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createTurns, longestAgo } from './turns.ts'

const categories = ['world', 'science', 'other'] as const

describe('the turn', () => {
  it('is that of the category asked for longest ago, among equals the first', () => {
    expect(
      longestAgo([
        ['world', 5],
        ['science', 2],
        ['other', 2],
      ]),
    ).toBe('science')
    expect(longestAgo([])).toBeUndefined()
  })

  it.each([false, true])('goes round, cache away: %s', async (away) => {
    const clock = manualClock()
    const cache = createMemoryCache({ clock })
    cache.setAway(away)
    const turns = createTurns({ categories: [...categories], cache, clock })
    const seen: string[] = []
    for (let i = 0; i < 6; i += 1) {
      const category = await turns.next()
      seen.push(category)
      await turns.asked(category)
      await clock.advance(1_000)
    }
    expect(seen).toEqual([...categories, ...categories])
  })

  it('is the same on all replicas', async () => {
    const clock = manualClock()
    const cache = createMemoryCache({ clock })
    const one = createTurns({ categories: [...categories], cache, clock })
    const two = createTurns({ categories: [...categories], cache, clock })
    await one.asked(await one.next())
    expect(await two.next()).toBe('science')
  })
})
