import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { folded, foldedWords } from './fold.ts'

describe('folding', () => {
  it('takes accents off and writes letters of their own as plain ones', () => {
    expect(folded('São Paulo')).toBe('sao paulo')
    expect(folded('Tromsø')).toBe('tromso')
    expect(folded('Bærum')).toBe('baerum')
    expect(folded('Sauðárkrókur')).toBe('saudarkrokur')
    expect(folded('İSTANBUL')).toBe('istanbul')
    expect(folded('Łódź')).toBe('lodz')
  })

  it('drops dots and apostrophes of any form, and parts words at all else', () => {
    for (const name of ["St. John's", 'St John’s', 'st-johns', ' ST,JOHNS ']) {
      expect(foldedWords(name)).toEqual(['st', 'johns'])
    }
    expect(folded('Washington, D.C.')).toBe('washington dc')
  })

  it('has no words for what is not written in Latin letters', () => {
    expect(foldedWords('東京 Москва 🌧')).toEqual([])
  })

  it('gives short plain words for any text, and the same when done twice', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('℡'.repeat(100), 'æ'.repeat(300)),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    )
    fc.assert(
      fc.property(text, (value) => {
        const once = folded(value)
        expect(once).toMatch(/^(?:[a-z0-9]+(?: [a-z0-9]+)*)?$/)
        expect(once.length).toBeLessThanOrEqual(200)
        expect(folded(once.slice(0, 100))).toBe(once.slice(0, 100).trim())
      }),
      { numRuns: 1_000 },
    )
  })
})
