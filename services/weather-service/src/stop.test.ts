import { createMemoryCache, ProviderError } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createStops } from './stop.ts'

const failure = (code: string, retryAfterMs?: number) =>
  new ProviderError('p', 'p: failed', {
    code,
    retryable: false,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })

const setUp = () => {
  const clock = manualClock()
  const cache = createMemoryCache({ clock })
  const make = () => createStops({ provider: 'p', cache, clock })
  return { clock, cache, one: make(), two: make() }
}

describe('a stop', () => {
  it('holds for ten minutes on every replica', async () => {
    const { clock, one, two } = setUp()
    await one.check()
    await one.begin(failure('key_refused'))
    await clock.advance(599_000)
    for (const stops of [one, two]) {
      await expect(stops.check()).rejects.toMatchObject({
        code: 'key_refused',
        retryable: false,
        retryAfterMs: 1_000,
      })
    }
    await clock.advance(1_001)
    await one.check()
    await two.check()
  })

  it('holds for as long as the provider says', async () => {
    const { clock, one, two } = setUp()
    await one.begin(failure('limited', 30_000))
    await expect(two.check()).rejects.toMatchObject({ code: 'limited', retryAfterMs: 30_000 })
    await clock.advance(30_001)
    await two.check()
  })

  it('holds where it began while the cache is away', async () => {
    const { cache, one, two } = setUp()
    cache.setAway(true)
    await one.begin(failure('limited'))
    await expect(one.check()).rejects.toMatchObject({ code: 'limited' })
    await two.check()
  })

  it('is not what something else wrote', async () => {
    const { cache, one } = setUp()
    await cache.set('flux1:once:stop:p', 'nonsense', 1_000)
    await one.check()
  })
})
