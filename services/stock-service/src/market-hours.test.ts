import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRegularHours, nextBoundary, nextChangeAt } from './market-hours.ts'
import type { MarketStatus } from './values.ts'

/** New York summer time. */
const at = (text: string) => Date.parse(`${text}-04:00`)

describe('regular hours', () => {
  it('are 9:30 to 16:00 on weekdays', () => {
    expect(isRegularHours(at('2026-09-16T09:29:59'))).toBe(false)
    expect(isRegularHours(at('2026-09-16T09:30:00'))).toBe(true)
    expect(isRegularHours(at('2026-09-16T15:59:59'))).toBe(true)
    expect(isRegularHours(at('2026-09-16T16:00:00'))).toBe(false)
    expect(isRegularHours(at('2026-09-19T12:00:00'))).toBe(false)
  })
})

describe('the next change', () => {
  it.each<[string, MarketStatus, string, string | undefined]>([
    ['closes today while it is open', 'open', '2026-09-16T10:00', '2026-09-16T16:00'],
    ['opens today before the session', 'pre', '2026-09-16T08:00', '2026-09-16T09:30'],
    ['opens tomorrow after the session', 'post', '2026-09-16T16:00', '2026-09-17T09:30'],
    ['opens on Monday after Friday', 'closed', '2026-09-18T21:00', '2026-09-21T09:30'],
    ['opens on the next day after a holiday', 'holiday', '2026-09-07T08:00', '2026-09-08T09:30'],
    ['opens on Monday after a short Friday', 'closed', '2026-09-18T13:30', '2026-09-21T09:30'],
    ['is not known with the status', 'unknown', '2026-09-16T10:00', undefined],
    ['is not known when it is open at night', 'open', '2026-09-16T22:00', undefined],
  ])('%s', (_, status, now, change) => {
    expect(nextChangeAt(status, at(now))).toBe(change === undefined ? null : at(change))
  })

  it('keeps to the hours of New York when its clocks change', () => {
    // Friday evening in summer time, Monday morning in winter time.
    const friday = at('2026-10-30T20:00')
    expect(nextChangeAt('closed', friday)).toBe(Date.parse('2026-11-02T09:30-05:00'))
  })

  it('always lies ahead, and regular hours do not change before it', () => {
    const moments = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) })
    fc.assert(
      fc.property(moments, fc.double({ min: 0, max: 0.999, noNaN: true }), (now, share) => {
        const next = nextBoundary(now)
        expect(next).toBeGreaterThan(now)
        const between = Math.floor(now + share * (next - now))
        expect(isRegularHours(between)).toBe(isRegularHours(now))
        expect(isRegularHours(next)).toBe(!isRegularHours(now))
      }),
    )
  })
})
