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

  it('gives whoever wants fresh ones no answer that was asked for before', async () => {
    const clock = manualClock()
    const answers: ((high: number) => void)[] = []
    const watch = createEndsWatch(clock, async () => {
      const { promise, resolve } = Promise.withResolvers<number>()
      answers.push(resolve)
      return new Map([['a', [{ low: 0, high: await promise }]]])
    })
    const before = watch.latest()
    const fresh = watch.fresh()
    answers[1]?.(7)
    expect((await fresh)?.get('a')?.[0]?.high).toBe(7)
    answers[0]?.(5)
    expect((await before)?.get('a')?.[0]?.high).toBe(5)
    const again = watch.fresh()
    answers[2]?.(9)
    expect((await again)?.get('a')?.[0]?.high).toBe(9)
    expect((await watch.latest())?.get('a')?.[0]?.high).toBe(9)
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
