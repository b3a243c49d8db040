import { createMemoryCache, DeferredError } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createCredits } from './credits.ts'
import { burstMs, dayMs } from './schedule.ts'

const { signal } = new AbortController()

const setUp = (plan: Partial<{ dailyCredits: number; burstCredits: number }>) => {
  const clock = manualClock()
  const cache = createMemoryCache({ clock })
  const whole = { everyMs: 480_000, dailyCredits: 200, burstCredits: 30, ...plan }
  const replica = () => createCredits(whole, { cache, clock, random: () => 0.5 })
  return { clock, cache, replica }
}

/** How often it can be taken before it is deferred. */
const count = async (take: (signal: AbortSignal) => Promise<void>): Promise<number> => {
  for (let taken = 0; ; taken += 1) {
    try {
      await take(signal)
    } catch (error) {
      expect(error).toBeInstanceOf(DeferredError)
      return taken
    }
  }
}

describe('the credits', () => {
  it('are 30 in any 15 minutes, over all replicas', async () => {
    const { clock, replica } = setUp({})
    const [one, two] = [replica(), replica()]
    for (let i = 0; i < 20; i += 1) await one.scheduled(signal)
    expect(await count(two.scheduled)).toBe(10)
    await clock.advance(burstMs + 1)
    expect(await count(one.scheduled)).toBe(30)
  })

  it('are 200 in any day, over all replicas', async () => {
    const { clock, replica } = setUp({ burstCredits: 1_000 })
    const [one, two] = [replica(), replica()]
    for (let i = 0; i < 150; i += 1) await one.scheduled(signal)
    expect(await count(two.scheduled)).toBe(50)
    await clock.advance(dayMs + 1)
    expect(await count(two.scheduled)).toBe(200)
  })

  it('outside of the schedule are only what it leaves, a quarter of it per replica without the cache', async () => {
    const shared = setUp({})
    expect(await count(shared.replica().spare)).toBe(20)
    expect(await count(shared.replica().spare)).toBe(0)
    const alone = setUp({})
    alone.cache.setAway(true)
    expect(await count(alone.replica().spare)).toBe(5)
    expect(await count(setUp({ dailyCredits: 180 }).replica().spare)).toBe(0)
  })
})
