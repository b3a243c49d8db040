import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  directionOf,
  formatAge,
  formatAmount,
  formatMinute,
  formatPercent,
  formatPrice,
  formatTime,
  fractionLength,
  fullPrice,
  isTinyPrice,
} from './format.ts'

const price = fc.double({ min: 1e-12, max: 1e9, noNaN: true })

const read = (text: string): number => {
  const zeros = /0\.0([₀-₉]+)(\d+)/.exec(text)
  if (!zeros) return Number(text.replaceAll(',', '').replace('−', '-'))
  const count = Number(Array.from(zeros[1] ?? '', (digit) => '₀₁₂₃₄₅₆₇₈₉'.indexOf(digit)).join(''))
  return Number(`0.${'0'.repeat(count)}${zeros[2]}`)
}

describe('formatPrice', () => {
  it.each([
    [1_234_567, '1,234,567.00'],
    [1_234_567.891, '1,234,567.89'],
    [91_234.123, '91,234.12'],
    [1_000, '1,000.00'],
    [187.2, '187.20'],
    [17.82, '17.820'],
    [2.3456, '2.3456'],
    [1, '1.0000'],
    [0.38214, '0.3821'],
    [0.01234, '0.01234'],
    [0.0001, '0.0001000'],
    [0.00009999999, '0.0001000'],
    [0.00002431, '0.0₄2431'],
    [0.000000012, '0.0₇12'],
    [0.00000012, '0.0₆12'],
    [0.00000001, '0.0₇10'],
    [1e-13, '0.0₁₂10'],
    [9.99996, '10.000'],
    [99.9999, '100.00'],
    [999.996, '1,000.00'],
    [0.99996, '1.0000'],
    [-12.5, '−12.500'],
    [0, '0.00'],
  ])('shows %d as %s', (value, text) => {
    expect(formatPrice(value)).toBe(text)
  })

  it('shows what is unknown as a dash', () => {
    expect([null, undefined, Number.NaN, Number.POSITIVE_INFINITY].map(formatPrice)).toEqual(
      Array.from({ length: 4 }, () => '–'),
    )
  })

  it('stays within half a thousandth of the price', () => {
    fc.assert(
      fc.property(price, (value) => {
        expect(Math.abs(read(formatPrice(value)) - value) / value).toBeLessThan(0.00051)
      }),
    )
  })

  it('shows a price that was read back the same way', () => {
    fc.assert(
      fc.property(price, (value) => {
        const text = formatPrice(value)
        expect(formatPrice(read(text))).toBe(text)
      }),
    )
  })

  it('never shows a larger price as a smaller number', () => {
    fc.assert(
      fc.property(price, price, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        expect(read(formatPrice(low))).toBeLessThanOrEqual(read(formatPrice(high)))
      }),
    )
  })

  it('keeps between two and seven digits after the point, subscript aside', () => {
    fc.assert(
      fc.property(price, (value) => {
        const text = formatPrice(value)
        expect(fractionLength(text)).toBeGreaterThanOrEqual(2)
        expect(fractionLength(text)).toBeLessThanOrEqual(8)
        expect(text).not.toMatch(/e/i)
      }),
    )
  })

  it('uses the short form under 0.0001 only', () => {
    fc.assert(
      fc.property(price, (value) => {
        expect(formatPrice(value).includes('0.0₀')).toBe(false)
        expect(isTinyPrice(value)).toBe(/[₀-₉]/.test(formatPrice(value)))
        if (value >= 0.0001) expect(isTinyPrice(value)).toBe(false)
      }),
    )
  })
})

describe('fullPrice', () => {
  it('writes all digits of a tiny price', () => {
    expect(fullPrice(0.000000012)).toBe('0.000000012')
    expect(fullPrice(0.00000012)).toBe('0.00000012')
    expect(fullPrice(1_234_567)).toBe('1,234,567')
    expect(fullPrice(null)).toBe('unknown')
  })
})

describe('formatPercent', () => {
  it.each([
    [1.2, '+1.20'],
    [-0.05, '−0.05'],
    [0.004, '0.00'],
    [-0.004, '0.00'],
    [-1_234.5, '−1,234.50'],
    [null, '–'],
  ])('shows %d as %s', (value, text) => {
    expect(formatPercent(value)).toBe(text)
  })

  it('has a sign exactly when it has a direction', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
        const text = formatPercent(value)
        expect(/^[+−]/.test(text)).toBe(directionOf(value) !== 'flat')
        expect(text).not.toContain('-')
      }),
    )
  })
})

describe('formatAmount', () => {
  it.each([
    [1_240_000_000, '1.24', 'B'],
    [987_654, '987.65', 'K'],
    [12, '12.00', ''],
    [0, '0.00', ''],
    [null, '–', ''],
  ])('splits %d into number and unit', (value, number, unit) => {
    expect(formatAmount(value)).toEqual({ number, unit })
  })
})

describe('formatAge', () => {
  it.each([
    [-5_000, 'now'],
    [999, 'now'],
    [12_900, '12 s'],
    [240_000, '4 min'],
    [7_300_000, '2 h'],
    [3 * 86_400_000, '3 d'],
  ])('shows %d ms as %s', (ms, text) => {
    expect(formatAge(ms)).toBe(text)
  })
})

describe('formatTime', () => {
  it('shows the time of day in a zone', () => {
    const at = Date.UTC(2026, 0, 2, 14, 3, 22)
    expect(formatTime(at, 'UTC')).toBe('14:03:22')
    expect(formatMinute(at, 'UTC')).toBe('14:03')
    expect(formatMinute(Date.UTC(2026, 0, 2, 0, 3), 'UTC')).toBe('00:03')
  })
})
