import { weather } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateIn, failedValue, fetchedValue, repeatedValue } from './answer.ts'
import { noon, oslo, reading, value } from './weather.fixture.ts'

const hourMs = 3_600_000
const context = { place: oslo, provider: 'open-meteo', last: undefined, now: noon }

describe('the value of a fetch', () => {
  it('that worked is the reading, as of now', () => {
    expect(fetchedValue(reading, context)).toEqual(value)
    expect(weather.schema.safeParse(fetchedValue(reading, context)).success).toBe(true)
  })

  it('that lacks a part keeps what the last one said about the time to come', () => {
    const now = noon + 12 * hourMs + 1
    const half = { ...reading, hourly: null, daily: null, airQuality: null }
    const next = fetchedValue(half, { ...context, last: value, now: noon + 1.5 * hourMs })
    expect(next.hourly.map(({ at }) => at)).toEqual([noon + hourMs, noon + 2 * hourMs])
    expect(next.airQuality).toEqual(value.airQuality)
    // In Oslo it is the 9th by then.
    const later = fetchedValue(half, { ...context, last: value, now })
    expect(later.daily.map(({ date }) => date)).toEqual(['2026-07-09'])
    expect([later.hourly, later.airQuality]).toEqual([[], null])
  })

  it('that failed keeps the last data, their age and where they came from, and says why', () => {
    const failed = failedValue('Open-Meteo does not answer', {
      ...context,
      last: value,
      now: noon + 9,
    })
    expect(failed).toEqual({
      ...value,
      status: 'failed',
      reason: 'Open-Meteo does not answer',
      at: noon + 9,
    })
    expect(weather.atOf(failed)).toBe(noon)
    expect(weather.versionOf(failed)).toBe(noon + 9)
  })

  it('that failed before there were any data has none', () => {
    const failed = failedValue('nothing known', context)
    expect(failed).toMatchObject({ status: 'failed', current: null, asOf: null, hourly: [] })
    expect(weather.schema.safeParse(failed).success).toBe(true)
  })

  it('that is repeated keeps its age', () => {
    const failed = failedValue('why', { ...context, last: value })
    expect(repeatedValue(failed, noon + 5)).toEqual({ ...value, at: noon + 5 })
  })

  it('fits the contract, whatever part is missing and whenever', () => {
    const missing = fc.record({
      hourly: fc.constantFrom(null, reading.hourly),
      daily: fc.constantFrom(null, reading.daily),
      airQuality: fc.constantFrom(null, reading.airQuality),
    })
    const before = fc.constantFrom(undefined, value)
    fc.assert(
      fc.property(missing, before, fc.nat(72 * hourMs), (parts, last, later) => {
        const some = { ...reading, ...parts }
        const now = noon + later
        for (const made of [
          fetchedValue(some, { ...context, last, now }),
          failedValue('why', { ...context, last, now }),
        ]) {
          expect(weather.schema.safeParse(made).success).toBe(true)
          expect(weather.versionOf(made)).toBe(now)
        }
      }),
    )
  })
})

describe('the date in a zone', () => {
  it('is that of its calendar', () => {
    const at = Date.UTC(2026, 6, 8, 11)
    expect(dateIn('Pacific/Kiritimati', at)).toBe('2026-07-09')
    expect(dateIn('Pacific/Pago_Pago', Date.UTC(2026, 6, 8, 10, 59))).toBe('2026-07-07')
    expect(dateIn('Europe/Oslo', at)).toBe('2026-07-08')
  })
})
