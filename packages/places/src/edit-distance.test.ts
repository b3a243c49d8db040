import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDistance } from './edit-distance.ts'

/** The textbook's whole table. */
const table = (a: string, b: string): number[][] => {
  const cells = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number) => cells[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1
      const plain = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + other)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const row = cells[i]
      if (row) row[j] = swapped ? Math.min(plain, at(i - 2, j - 2) + 1) : plain
    }
  }
  return cells
}

const within = (edits: number, max: number) => (edits <= max ? edits : Number.POSITIVE_INFINITY)

describe('the distance', () => {
  it('counts a letter more, less, another, and two swapped as one edit', () => {
    const fromOslo = createDistance('oslo', 1)
    for (const text of ['olso', 'osl', 'ooslo', 'oxlo', 'slo']) {
      expect(fromOslo(text).whole, text).toBe(1)
    }
    expect(fromOslo('oslo').whole).toBe(0)
    expect(fromOslo('olos').whole).toBe(Number.POSITIVE_INFINITY)
  })

  it('knows the beginning that is nearest', () => {
    const distance = createDistance('copnh', 1)
    expect(distance('copenhagen')).toEqual({ whole: Number.POSITIVE_INFINITY, prefix: 1 })
  })

  it('is that of the whole table, as far as it goes, text after text', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 })
    const max = fc.integer({ min: 1, max: 3 })
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 4 }), max, (query, texts, edits) => {
        const distance = createDistance(query, edits)
        for (const text of texts) {
          const last = table(query, text).at(-1) ?? []
          expect(distance(text)).toEqual({
            whole: within(last.at(-1) ?? 0, edits),
            prefix: within(Math.min(...last), edits),
          })
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
