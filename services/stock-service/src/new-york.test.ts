import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWeekday, newYorkDay, newYorkMinute, newYorkTime } from './new-york.ts'

const dayOf = (text: string) => Date.parse(text) / 86_400_000

describe('the clock of New York', () => {
  it('is four hours behind UTC in summer and five in winter', () => {
    expect(newYorkMinute(Date.UTC(2026, 6, 1, 13, 30))).toBe(9 * 60 + 30)
    expect(newYorkMinute(Date.UTC(2026, 0, 5, 14, 30))).toBe(9 * 60 + 30)
  })

  it('has yesterday until four or five hours after midnight UTC', () => {
    expect(newYorkDay(Date.UTC(2026, 6, 1, 3, 59))).toBe(dayOf('2026-06-30'))
    expect(newYorkDay(Date.UTC(2026, 6, 1, 4))).toBe(dayOf('2026-07-01'))
  })

  it('knows weekdays', () => {
    expect(isWeekday(dayOf('2026-09-18'))).toBe(true)
    expect(isWeekday(dayOf('2026-09-19'))).toBe(false)
    expect(isWeekday(dayOf('2026-09-20'))).toBe(false)
    expect(isWeekday(dayOf('1969-12-28'))).toBe(false)
  })

  it('shows any hour of trading at exactly one moment of each day, changes of the clocks included', () => {
    const day = fc.integer({ min: 3_653, max: 40_000 })
    const minute = fc.integer({ min: 4 * 60, max: 20 * 60 })
    fc.assert(
      fc.property(day, minute, (d, m) => {
        const at = newYorkTime(d, m)
        expect([newYorkDay(at), newYorkMinute(at)]).toEqual([d, m])
      }),
    )
    for (const change of ['2026-03-08', '2026-11-01']) {
      const at = newYorkTime(dayOf(change), 9 * 60 + 30)
      expect([newYorkDay(at), newYorkMinute(at)]).toEqual([dayOf(change), 570])
    }
  })
})
