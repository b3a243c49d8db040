import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixed, toNumber, trimmed, unitsOf } from './decimal.ts'

const units = fc.integer({ min: 0, max: 9_000_000_000_000 })
const decimals = fc.integer({ min: 0, max: 8 })

describe('decimals', () => {
  it('are written with uneven scale', () => {
    expect([fixed(6_297_590, 2), trimmed(6_297_590, 2)]).toEqual(['62975.90', '62975.9'])
    expect([trimmed(6_258_300, 2), trimmed(0, 2), trimmed(100, 0)]).toEqual(['62583', '0', '100'])
    expect([fixed(4, 8), fixed(5, 0, 8), fixed(-5, 1)]).toEqual([
      '0.00000004',
      '5.00000000',
      '-0.5',
    ])
  })

  it('come back as the same units', () => {
    fc.assert(
      fc.property(units, decimals, (value, places) => {
        expect(unitsOf(fixed(value, places, 8), places)).toBe(value)
        expect(unitsOf(trimmed(value, places), places)).toBe(value)
        expect(toNumber(value, places)).toBe(Number(trimmed(value, places)))
      }),
    )
  })

  it('are refused when they are none', () => {
    for (const text of ['', '-1', '1e5', 'NaN', '1.', '.5'])
      expect(unitsOf(text, 2)).toBeUndefined()
  })
})
