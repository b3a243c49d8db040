import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markedText, marksOf, maxMarks } from './read-marks.ts'

describe('marksOf', () => {
  it.each([null, '', 'x', '{}', '[1,null]', '"a"'])('finds none in %s', (text) => {
    expect(marksOf(text)).toEqual([])
  })
})

describe('markedText', () => {
  it('puts the newest first, each once', () => {
    expect(marksOf(markedText('["a","b"]', ['b', 'c']))).toEqual(['b', 'c', 'a'])
  })

  it('begins anew over what cannot be read', () => {
    expect(marksOf(markedText('broken', ['a']))).toEqual(['a'])
  })

  it('stores no more than what is remembered', () => {
    const ids = Array.from({ length: maxMarks + 50 }, (_, index) => `story-${index}`)
    const stored: unknown = JSON.parse(markedText(markedText(null, ids), ['new']))
    expect(stored).toHaveLength(maxMarks)
  })

  it('stays bounded and keeps what was marked last, whatever was read before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string(), { maxLength: 120 }), { maxLength: 8 }),
        fc.string(),
        (rounds, last) => {
          const text = rounds.reduce<string | null>((before, ids) => markedText(before, ids), null)
          const marks = marksOf(markedText(text, [last]))
          expect(marks[0]).toBe(last)
          expect(marks.length).toBeLessThanOrEqual(maxMarks)
          expect(new Set(marks).size).toBe(marks.length)
        },
      ),
    )
  })
})
