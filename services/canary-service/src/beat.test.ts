import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beatMs, nextBeat } from './beat.ts'

describe('the next beat', () => {
  it.each([
    ['a timer is late', 5_000, 5_012, 6_000],
    ['a timer is early', 5_000, 4_999, 6_000],
    ['a beat has just been missed', 5_000, 6_001, 7_000],
    ['the process stood still for long', 5_000, 65_300, 66_000],
  ])('is on the grid when %s', (_, due, now, next) => {
    expect(nextBeat(due, now)).toBe(next)
  })

  it('is never in the past, never more than a beat away, and whole beats after the last', () => {
    const time = fc.integer({ min: 0, max: 100_000_000 })
    fc.assert(
      fc.property(time, time, (due, lateMs) => {
        const now = due + lateMs
        const next = nextBeat(due, now)
        expect((next - due) % beatMs).toBe(0)
        expect(next - due).toBeGreaterThanOrEqual(beatMs)
        expect(next).toBeGreaterThanOrEqual(now)
        expect(next - now).toBeLessThanOrEqual(beatMs)
      }),
    )
  })
})
