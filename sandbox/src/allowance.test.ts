import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAllowance } from './allowance.ts'
import { keyState } from './api-key.ts'

const at = (time: { now: number }) => ({
  now: () => time.now,
  monotonic: () => time.now,
  sleep: () => Promise.resolve(),
  after: () => () => {},
  every: () => () => {},
})

describe('an allowance', () => {
  it('refuses what is over the limit until the window ends', () => {
    const time = { now: 61_000 }
    const calls = createAllowance({ clock: at(time), windowMs: 60_000, limit: 2, shown: 60 })
    expect([calls.take(), calls.take(), calls.take()]).toEqual([true, true, false])
    expect([calls.remaining(), calls.resetAt()]).toEqual([0, 120_000])
    time.now = 120_000
    expect([calls.remaining(), calls.resetAt()]).toEqual([2, 180_000])
    expect(calls.take()).toBe(true)
  })

  it('counts and never refuses while there is no limit', () => {
    const calls = createAllowance({ clock: at({ now: 0 }), windowMs: 10, limit: null, shown: 2 })
    expect(Array.from({ length: 5 }, calls.take)).not.toContain(false)
    expect(calls.remaining()).toBe(0)
    calls.setLimit(6)
    expect([calls.take(), calls.take()]).toEqual([true, false])
  })

  it('never gives more than the limit in one window, however time passes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.integer({ min: 1, max: 5 }), (steps, limit) => {
        const time = { now: 0 }
        const calls = createAllowance({ clock: at(time), windowMs: 100, limit, shown: limit })
        const given = new Map<number, number>()
        for (const step of steps) {
          time.now += step
          const window = Math.floor(time.now / 100)
          if (calls.take()) given.set(window, (given.get(window) ?? 0) + 1)
        }
        expect(Math.max(0, ...given.values())).toBeLessThanOrEqual(limit)
      }),
    )
  })
})

describe('a key', () => {
  it('is good unless it is missing or says that it is not', () => {
    expect([undefined, null, ''].map(keyState)).toEqual(['missing', 'missing', 'missing'])
    expect(['wrong', 'my-invalid-key'].map(keyState)).toEqual(['wrong', 'wrong'])
    expect(keyState('demo')).toBe('good')
  })
})
