import { createMemoryCache } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWindows, windowAfter } from './windows.ts'

const topic = 'a.command'

describe('windows of demand', () => {
  it('are 15 s long at first and double up to 2 min while nobody answers', () => {
    const lengths: number[] = []
    for (let waited = 0; lengths.length < 6; waited += lengths.at(-1) ?? 0)
      lengths.push(windowAfter(waited))
    expect(lengths).toEqual([15_000, 30_000, 60_000, 120_000, 120_000, 120_000])
    expect(windowAfter(-1)).toBe(15_000)
  })

  it('only grow with the wait', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (a, b) => {
        expect(windowAfter(Math.min(a, b))).toBeLessThanOrEqual(windowAfter(Math.max(a, b)))
      }),
    )
  })

  it('are each replica’s own while the cache is away, and shared again when it is back', async () => {
    const clock = manualClock()
    const cache = createMemoryCache({ clock })
    const [a, b] = ['a', 'b'].map((replica) => createWindows({ cache, clock, replica }))
    cache.setAway(true)
    expect(await a?.take(topic, 'k', 15_000)).toBe(true)
    expect(await b?.take(topic, 'k', 15_000)).toBe(true)
    expect([a, b].map((windows) => windows?.isOpen(topic, 'k'))).toEqual([false, false])
    cache.setAway(false)
    await clock.advance(15_050)
    expect(await a?.take(topic, 'k', 15_000)).toBe(true)
    expect(await b?.take(topic, 'k', 15_000)).toBe(false)
    // Who lost looks again before long: the other may be gone.
    await clock.advance(15_000)
    expect([a, b].map((windows) => windows?.isOpen(topic, 'k'))).toEqual([false, true])
  })

  it('are forgotten when they are over', async () => {
    const clock = manualClock()
    const windows = createWindows({ cache: undefined, clock, replica: 'a' })
    for (let n = 0; n < 100; n += 1) await windows.take(topic, `k${n}`, 15_000)
    expect(windows.size()).toBe(100)
    await clock.advance(15_050)
    windows.sweep()
    expect(windows.size()).toBe(0)
  })
})
