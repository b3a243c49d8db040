import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPubDate, parsePubDate } from './pub-date.ts'

describe('a date of the provider', () => {
  it('is in UTC', () => {
    expect(parsePubDate('2025-02-24 00:02:00')).toBe(Date.UTC(2025, 1, 24, 0, 2))
  })

  it.each([
    '2025-02-30 00:00:00',
    '2025-13-01 00:00:00',
    '2025-02-24T00:02:00',
    '2025-02-24 24:00:00',
    '2025-02-24 00:02:00+01:00',
    '24.02.2025',
    '1969-12-31 23:59:59',
    '',
  ])('is refused when it is no such date: %s', (text) => {
    expect(parsePubDate(text)).toBeUndefined()
  })

  it('is read as it was written, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (seconds) => {
        expect(parsePubDate(formatPubDate(seconds * 1_000))).toBe(seconds * 1_000)
      }),
    )
  })

  it('is read or refused, whatever comes', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const at = parsePubDate(text)
        if (at !== undefined) expect(Number.isSafeInteger(at)).toBe(true)
      }),
    )
  })
})
