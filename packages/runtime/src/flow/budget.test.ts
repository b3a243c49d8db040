import { manualClock } from '@flux/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryCache } from '../cache/memory.ts'
import { createBudget } from './budget.ts'

const setUp = (options: { limit: number; windowMs?: number; localLimit?: number }) => {
  const clock = manualClock()
  const cache = createMemoryCache({ clock })
  const make = () =>
    createBudget({ cache, key: 'budget:p', windowMs: 1_000, ...options, clock, random: () => 0.5 })
  return { clock, cache, make }
}

const { signal } = new AbortController()

describe('budget', () => {
  it('grants at once while there are tokens, then says no without waiting', async () => {
    const { make } = setUp({ limit: 2 })
    const budget = make()
    const takes = [1, 2, 3].map(() => budget.take(signal, { maxWaitMs: 0 }))
    expect(await Promise.all(takes)).toEqual([true, true, false])
  })

  it('waits for a token that comes free in time', async () => {
    const { clock, make } = setUp({ limit: 1 })
    const budget = make()
    expect(await budget.take(signal, { maxWaitMs: 0 })).toBe(true)
    let granted: boolean | undefined
    const waiting = budget.take(signal, { maxWaitMs: 5_000 }).then((result) => {
      granted = result
    })
    await clock.advance(900)
    expect(granted).toBeUndefined()
    await clock.advance(2_000)
    await waiting
    expect(granted).toBe(true)
    expect(clock.pending()).toBe(0)
  })

  it('says no when the wait is over', async () => {
    const { clock, make } = setUp({ limit: 1, windowMs: 60_000 })
    const budget = make()
    await budget.take(signal, { maxWaitMs: 0 })
    const waiting = budget.take(signal, { maxWaitMs: 5_000 })
    await clock.advance(5_000)
    expect(await waiting).toBe(false)
  })

  it('lets a caller leave, who takes no token with him', async () => {
    const { clock, make } = setUp({ limit: 1 })
    const budget = make()
    await budget.take(signal, { maxWaitMs: 0 })
    const leaver = new AbortController()
    const left = budget.take(leaver.signal, { maxWaitMs: 5_000 })
    const stayed = budget.take(signal, { maxWaitMs: 5_000 })
    await clock.settle()
    leaver.abort(new Error('leaving'))
    await expect(left).rejects.toThrow('leaving')
    await clock.advance(2_500)
    expect(await stayed).toBe(true)
  })

  it('uses a smaller window of its own while the cache does not answer, what was granted before counted in', async () => {
    const { cache, make } = setUp({ limit: 10, localLimit: 4 })
    const budget = make()
    const now = { maxWaitMs: 0 }
    for (let i = 0; i < 3; i += 1) expect(await budget.take(signal, now)).toBe(true)
    cache.setAway(true)
    expect(await budget.take(signal, now)).toBe(true)
    expect(await budget.take(signal, now)).toBe(false)
    cache.setAway(false)
    expect(await budget.take(signal, now)).toBe(true)
  })

  it('never grants more than the limit in any span, over all replicas', async () => {
    const asks = fc.array(
      fc.record({ replica: fc.nat(2), afterMs: fc.nat(400), maxWaitMs: fc.nat(3_000) }),
      { maxLength: 25, size: 'max' },
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), asks, async (limit, all) => {
        const { clock, make } = setUp({ limit })
        const replicas = [make(), make(), make()]
        const granted: number[] = []
        const answers: Promise<void>[] = []
        for (const { replica, afterMs, maxWaitMs } of all) {
          await clock.advance(afterMs)
          const answer = replicas[replica]?.take(signal, { maxWaitMs }).then((result) => {
            if (result) granted.push(clock.monotonic())
          })
          if (answer) answers.push(answer)
        }
        await clock.advance(4_000)
        await Promise.all(answers)
        for (const at of granted) {
          const span = granted.filter((other) => other >= at && other < at + 1_000)
          expect(span.length).toBeLessThanOrEqual(limit)
        }
        if (all.length > 0) expect(granted.length).toBeGreaterThan(0)
      }),
      { numRuns: 15 },
    )
  })
})
