import { describe, expect, it } from 'vitest'
import { changeWords, dayFigures, formatCountdown, marketWords, newYorkTime } from './model.ts'

/** A Friday, 15:50 in New York. */
const friday = Date.UTC(2026, 0, 16, 20, 50)
const minute = 60_000
const hour = 60 * minute

describe('formatCountdown', () => {
  it.each([
    [64 * hour + 59 * minute, '2 d 16 h'],
    [2 * hour + 14 * minute + 59_999, '2 h 14 min'],
    [14 * minute + 30_000, '14 min'],
    [9 * minute + 12_400, '9 min 12 s'],
    [42_999, '42 s'],
    [0, '0 s'],
    [-5_000, '0 s'],
  ])('shows %d ms as %s', (ms, text) => {
    expect(formatCountdown(ms)).toBe(text)
  })
})

describe('newYorkTime', () => {
  it('names the day only where it is another one in New York', () => {
    expect(newYorkTime(friday + 10 * minute, friday)).toBe('16:00')
    // 19:30 there, past midnight in UTC.
    expect(newYorkTime(friday + 10 * minute, Date.UTC(2026, 0, 17, 0, 30))).toBe('16:00')
    expect(newYorkTime(Date.UTC(2026, 0, 19, 14, 30), friday)).toBe('Mon 09:30')
  })

  it('keeps to the clocks of New York in summer', () => {
    const july = Date.UTC(2026, 6, 1, 13, 30)
    expect(newYorkTime(july, july)).toBe('09:30')
  })
})

describe('changeWords', () => {
  it('says when an open market closes and a closed one opens', () => {
    const closing = { status: 'open', nextChangeAt: friday + 10 * minute } as const
    expect(changeWords(closing, friday)).toEqual({ verb: 'Closes', when: '16:00', left: '10 min' })
    const opening = { status: 'post', nextChangeAt: Date.UTC(2026, 0, 19, 14, 30) } as const
    expect(changeWords(opening, friday + hour)).toEqual({
      verb: 'Opens',
      when: 'Mon 09:30',
      left: '2 d 16 h',
    })
  })

  it('counts no further once the time has come, and knows nothing of what is not known', () => {
    expect(changeWords({ status: 'open', nextChangeAt: friday }, friday)?.left).toBe('')
    expect(changeWords({ status: 'unknown', nextChangeAt: null }, friday)).toBeUndefined()
  })
})

describe('marketWords', () => {
  it('calls a holiday by its name', () => {
    expect(marketWords({ status: 'holiday', holiday: 'Labor Day' })).toBe('Closed for Labor Day')
    expect(marketWords({ status: 'holiday', holiday: null })).toBe('Closed for a holiday')
    expect(marketWords({ status: 'unknown', holiday: null })).toBe('Market status not known')
  })
})

describe('dayFigures', () => {
  it('shows what is unknown as such', () => {
    const figures = dayFigures({ open: 12, high: null, low: 0.5, previousClose: 1_234.5 })
    expect(figures.map(({ text }) => text)).toEqual(['12.00', '–', '0.5000', '1,234.50'])
  })
})
