import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minuteMs } from './sphere.ts'
import { sunPosition, sunTimes } from './sun.ts'

const oslo = { latitude: 59.91, longitude: 10.75 }
const tromso = { latitude: 69.65, longitude: 18.96 }

const rising = (spot: { latitude: number; longitude: number }, ms: number) => {
  const sun = sunTimes(spot, ms)
  if (sun.kind !== 'rises') throw new Error(`the sun ${sun.kind}`)
  return sun
}

describe('the sun', () => {
  it('rises and sets at the published times, to two minutes', () => {
    const within = (given: number, published: number) =>
      expect(Math.abs(given - published)).toBeLessThan(2 * minuteMs)
    const summer = rising(oslo, Date.UTC(2026, 5, 21, 12))
    within(summer.rise, Date.UTC(2026, 5, 21, 1, 54))
    within(summer.set, Date.UTC(2026, 5, 21, 20, 44))
    const winter = rising(oslo, Date.UTC(2026, 11, 21, 12))
    within(winter.rise, Date.UTC(2026, 11, 21, 8, 18))
    within(winter.set, Date.UTC(2026, 11, 21, 14, 12))
  })

  it('never rises or never sets beyond the polar circle', () => {
    expect(sunTimes(tromso, Date.UTC(2026, 11, 21, 12)).kind).toBe('never-rises')
    expect(sunTimes(tromso, Date.UTC(2026, 5, 21, 12)).kind).toBe('never-sets')
    expect(sunTimes({ latitude: -90, longitude: 0 }, Date.UTC(2026, 11, 21)).kind).toBe(
      'never-sets',
    )
  })

  it('stands on the horizon when it rises and sets, and highest between', () => {
    const spot = fc.record({
      latitude: fc.double({ min: -64, max: 64, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    })
    const time = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) })
    fc.assert(
      fc.property(spot, time, (at, ms) => {
        const { rise, noon, set } = rising(at, ms)
        expect(rise).toBeLessThan(noon)
        expect(noon).toBeLessThan(set)
        expect(Math.abs(noon - ms)).toBeLessThan(13 * 60 * minuteMs)
        expect(sunPosition(at, rise).elevation).toBeCloseTo(-0.833, 0)
        expect(sunPosition(at, set).elevation).toBeCloseTo(-0.833, 0)
        const high = sunPosition(at, noon)
        expect(high.elevation).toBeCloseTo(high.noonElevation, 1)
        expect(high.isDay).toBe(true)
      }),
    )
  })
})
