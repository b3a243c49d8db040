import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holidayOn, lastSession, sessionAt } from './calendar.ts'
import { epochOf, localTime } from './new-york.ts'

const at = (text: string) => Date.parse(text)
const anyTime = fc.integer({ min: at('2015-01-01T00:00Z'), max: at('2040-01-01T00:00Z') })

describe('New York time', () => {
  it('follows both changes of the clocks', () => {
    expect(localTime(at('2026-03-08T06:59Z'))).toEqual({ date: '2026-03-08', minutes: 119 })
    expect(localTime(at('2026-03-08T07:00Z'))).toEqual({ date: '2026-03-08', minutes: 180 })
    expect(localTime(at('2026-07-01T13:30Z'))).toEqual({ date: '2026-07-01', minutes: 570 })
    expect(localTime(at('2026-12-01T14:30Z'))).toEqual({ date: '2026-12-01', minutes: 570 })
  })

  it('has an epoch time for every minute of every day from 3:00 on', () => {
    const minutes = fc.integer({ min: 180, max: 1_439 })
    fc.assert(
      fc.property(anyTime, minutes, (time, minute) => {
        const local = { date: localTime(time).date, minutes: minute }
        expect(localTime(epochOf(local))).toEqual(local)
      }),
    )
  })
})

describe('the calendar', () => {
  it('knows the holidays of the exchange', () => {
    const days = {
      '2025-04-18': 'Good Friday',
      '2026-01-01': "New Year's Day",
      '2026-01-19': 'Martin Luther King Jr. Day',
      '2026-02-16': "Washington's Birthday",
      '2026-04-03': 'Good Friday',
      '2026-05-25': 'Memorial Day',
      '2026-06-19': 'Juneteenth',
      '2026-07-03': 'Independence Day',
      '2026-09-07': 'Labor Day',
      '2026-11-26': 'Thanksgiving Day',
      '2026-12-25': 'Christmas Day',
      '2027-03-26': 'Good Friday',
    }
    for (const [date, name] of Object.entries(days)) expect(holidayOn(date)).toBe(name)
    expect(holidayOn('2026-07-06')).toBeNull()
    expect(holidayOn('2021-12-31')).toBeNull()
  })

  it('goes through the phases of a trading day', () => {
    const phases = ['07:59', '08:00', '13:29', '13:30', '19:59', '20:00', '23:59']
    const seen = phases.map((hour) => sessionAt(at(`2026-07-01T${hour}Z`), 'real').phase)
    expect(seen).toEqual(['closed', 'pre', 'pre', 'regular', 'regular', 'post', 'post'])
    expect(sessionAt(at('2026-07-02T00:00Z'), 'real').phase).toBe('closed')
    expect(sessionAt(at('2026-07-04T15:00Z'), 'real').phase).toBe('closed')
    const holiday = sessionAt(at('2026-07-03T15:00Z'), 'real')
    expect(holiday).toMatchObject({ phase: 'closed', holiday: 'Independence Day' })
  })

  it('does what it is forced to, whatever the hour', () => {
    const night = at('2026-07-04T06:00Z')
    expect(sessionAt(night, 'open')).toMatchObject({ phase: 'regular', holiday: null })
    expect(sessionAt(night, 'pre').phase).toBe('pre')
    expect(sessionAt(night, 'holiday')).toMatchObject({ phase: 'closed' })
    expect(sessionAt(night, 'holiday').holiday).not.toBeNull()
  })

  it('finds a last session that had begun and was regular', () => {
    fc.assert(
      fc.property(anyTime, (time) => {
        const { from, until } = lastSession(time)
        expect(from).toBeLessThanOrEqual(time)
        expect(until).toBeLessThanOrEqual(time)
        expect(until - from).toBeLessThanOrEqual(390 * 60_000)
        expect(sessionAt(from, 'real').phase).toBe('regular')
        expect(sessionAt(from - 60_000, 'real').phase).toBe('pre')
        // At most a long weekend lies between.
        expect(time - from).toBeLessThan(5 * 86_400_000)
      }),
    )
  })
})
