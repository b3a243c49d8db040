import { cacheKey } from '@flux/contracts'
import { createMemoryCache, type Stored } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createStore } from './store.ts'
import type { Weather } from './values.ts'
import { noon, value } from './weather.fixture.ts'

const { signal } = new AbortController()

const stored = (published: Weather, simulated = false): Stored<Weather> => ({
  key: published.place.id,
  value: published,
  at: published.at,
  version: published.at,
  source: 'open-meteo',
  simulated,
  id: '1',
  partition: 0,
  offset: 0,
  appendedAt: published.at,
})

const setUp = (topic: readonly Stored<Weather>[] = []) => {
  const clock = manualClock(noon)
  const cache = createMemoryCache({ clock })
  let reads = 0
  const make = () =>
    createStore({
      ...{ name: 'p', cache, clock, simulated: false },
      published: async () => {
        reads += 1
        return new Map(topic.map((one) => [one.key, one]))
      },
    })
  return { clock, cache, make, reads: () => reads }
}

describe('the last value of a place', () => {
  it('is known to the replica that kept it, also without the cache', async () => {
    const { cache, make } = setUp()
    const store = make()
    cache.setAway(true)
    await store.keep(value)
    expect(await store.recall('oslo-no', 1_000)).toEqual(value)
  })

  it('is known to the other replicas, the newest one', async () => {
    const { make, clock } = setUp()
    const [one, two] = [make(), make()]
    await one.keep(value)
    expect(await two.recall('oslo-no', 1_000)).toEqual(value)
    await clock.advance(2_000)
    const newer = { ...value, asOf: noon + 2_000, at: noon + 2_000 }
    await two.keep(newer)
    expect(await one.recall('oslo-no', 1_000)).toEqual(newer)
  })

  it('is never older than what this replica knows', async () => {
    const { make, cache } = setUp()
    const store = make()
    await store.keep(value)
    const old = JSON.stringify({ ...value, asOf: noon - 5, at: noon - 5 })
    await cache.set(cacheKey.reply('p', 'oslo-no'), old, 1_000)
    expect(await store.recall('oslo-no', 0)).toEqual(value)
  })

  it('is nothing that cannot be read', async () => {
    const { make, cache } = setUp()
    const store = make()
    await cache.set(cacheKey.reply('p', 'oslo-no'), '{"asOf":1', 1_000)
    expect(await store.recall('oslo-no', 0)).toBeUndefined()
  })

  it('comes from the topic when nobody remembers it, which is looked at once a minute', async () => {
    const { make, clock, reads } = setUp([stored(value)])
    const store = make()
    expect(await store.recall('oslo-no', 0)).toBeUndefined()
    const all = ['oslo-no', 'oslo-no', 'bergen-no'].map((id) => store.lastGood(id, signal))
    expect(await Promise.all(all)).toEqual([value, value, undefined])
    expect(reads()).toBe(1)
    await clock.advance(60_000)
    await store.lastGood('oslo-no', signal)
    expect(reads()).toBe(2)
  })

  it('is not one without data, nor one that was simulated', async () => {
    const none = { ...value, status: 'failed' as const, asOf: null, current: null }
    expect(
      await setUp([stored(none)])
        .make()
        .lastGood('oslo-no', signal),
    ).toBeUndefined()
    expect(
      await setUp([stored(value, true)])
        .make()
        .lastGood('oslo-no', signal),
    ).toBeUndefined()
  })
})
