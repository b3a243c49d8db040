import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createEndsWatch } from './ends-watch.ts'

describe('createEndsWatch', () => {
  it('asks once a second, whoever wants to know', async () => {
    const clock = manualClock()
    let asked = 0
    const watch = createEndsWatch(clock, () => {
      asked += 1
      return Promise.resolve(new Map([['a', [{ low: 0, high: asked }]]]))
    })
    const both = await Promise.all([watch.latest(), watch.latest()])
    expect(both.map((ends) => ends?.get('a')?.[0]?.high)).toEqual([1, 1])
    await clock.advance(500)
    await watch.latest()
    expect(asked).toBe(1)
    await clock.advance(500)
    expect((await watch.latest())?.get('a')?.[0]?.high).toBe(2)
  })

  it('knows nothing when the broker fails or is silent', async () => {
    const clock = manualClock()
    const failing = createEndsWatch(clock, () => Promise.reject(new Error('away')))
    expect(await failing.latest()).toBeUndefined()
    const silent = createEndsWatch(clock, () => new Promise(() => undefined))
    const answer = silent.latest()
    await clock.advance(2000)
    expect(await answer).toBeUndefined()
    expect(clock.pending()).toBe(0)
  })
})
