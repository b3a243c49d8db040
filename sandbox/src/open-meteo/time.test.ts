import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLocalTime } from './time.ts'

const at = Date.UTC(2026, 0, 1)
const clock = (offsetSeconds: number, format: 'iso8601' | 'unixtime' = 'iso8601') =>
  createLocalTime({ zone: 'Etc/GMT', abbreviation: 'GMT', offsetSeconds, format })

describe('local time', () => {
  it('is written without an offset, in the calendar of the place', () => {
    const pacific = clock(-8 * 3600)
    expect(pacific.minute(at)).toBe('2025-12-31T16:00')
    expect(pacific.date(at)).toBe('2025-12-31')
    expect(pacific.dayStart(at)).toBe(Date.UTC(2025, 11, 31, 8))
    expect(clock(-8 * 3600, 'unixtime').minute(at)).toBe(at / 1000)
  })

  it('has days that begin at midnight and hold their moments', () => {
    const offset = fc.integer({ min: -48, max: 56 }).map((quarters) => quarters * 900)
    const time = fc.integer({ min: 0, max: 2 * at })
    fc.assert(
      fc.property(offset, time, (offsetSeconds, ms) => {
        const local = clock(offsetSeconds)
        const begin = local.dayStart(ms)
        expect(local.minute(begin)).toBe(`${local.date(ms)}T00:00`)
        expect(ms - begin).toBeGreaterThanOrEqual(0)
        expect(ms - begin).toBeLessThan(86_400_000)
      }),
    )
  })
})
