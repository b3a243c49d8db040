import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paceOf } from './drain.ts'

describe('the pace of a drain', () => {
  it('lets few leave over the whole window, not at its beginning', () => {
    expect(paceOf(25, 10_000)).toEqual({ perStep: 1, pauseMs: 400 })
  })

  it('lets many leave together, never faster than a step', () => {
    expect(paceOf(20_000, 10_000)).toEqual({ perStep: 100, pauseMs: 50 })
  })

  it('takes the window and everybody, whatever their number', () => {
    const counts = fc.integer({ min: 1, max: 100_000 })
    const windows = fc.integer({ min: 0, max: 60_000 })
    fc.assert(
      fc.property(counts, windows, (count, windowMs) => {
        const { perStep, pauseMs } = paceOf(count, windowMs)
        const steps = Math.ceil(count / perStep)
        expect(steps * pauseMs).toBeCloseTo(windowMs, 3)
        if (windowMs >= 50) expect(pauseMs).toBeGreaterThanOrEqual(50 * (1 - 1e-9))
      }),
    )
  })
})
