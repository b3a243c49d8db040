import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createLimits } from './limits.ts'

describe('limits of new demand', () => {
  it('go by user and by address, and a refusal costs the other nothing', async () => {
    const clock = manualClock()
    const limits = createLimits({ perUser: 2, perAddress: 3 }, clock)
    const take = (userId: string) => limits.take({ userId, address: 'home' })
    expect([take('a'), take('a'), take('a'), take('a')]).toEqual([true, true, false, false])
    expect([take('b'), take('b')]).toEqual([true, false])
    expect(limits.take({ userId: 'b', address: 'elsewhere' })).toBe(true)
    await clock.advance(60_000)
    expect(take('a')).toBe(true)
  })

  it('remember no address where there is no limit for one', () => {
    const limits = createLimits({ perUser: 1, perAddress: Number.POSITIVE_INFINITY }, manualClock())
    for (let n = 0; n < 100; n += 1)
      expect(limits.take({ userId: `u${n}`, address: 'proxy' })).toBe(true)
    expect(limits.take({ userId: 'u0', address: 'proxy' })).toBe(false)
    expect(limits.size()).toBe(100)
  })

  it('forget whoever asked for nothing within a minute', async () => {
    const clock = manualClock()
    const limits = createLimits({ perUser: 2, perAddress: 200 }, clock)
    for (let n = 0; n < 100; n += 1) limits.take({ userId: `u${n}`, address: 'home' })
    expect(limits.size()).toBe(101)
    await clock.advance(60_000)
    limits.sweep()
    expect(limits.size()).toBe(0)
  })
})
