import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxProducts, universeOf } from './universe.ts'

const input = {
  ranked: ['A-USD', 'B-USD', 'C-USD', 'D-USD', 'E-USD', 'F-USD', 'G-USD'],
  configured: ['Z-USD'],
  existing: undefined,
  current: new Set<string>(),
  top: 2,
}

describe('the universe', () => {
  it('is what the largest coins trade as, and what is configured', () => {
    expect(universeOf(input)).toEqual(['A-USD', 'B-USD', 'Z-USD'])
  })

  it('leaves out what does not exist', () => {
    expect(universeOf({ ...input, existing: new Set(['B-USD']) })).toEqual(['B-USD'])
  })

  it('keeps a product that is just below the top, but takes none in from there', () => {
    const current = new Set(['C-USD', 'F-USD'])
    expect(universeOf({ ...input, current })).toEqual(['A-USD', 'B-USD', 'Z-USD', 'C-USD'])
  })

  it('has each product once, only ones that exist, and never too many', () => {
    const ids = fc.array(fc.nat(200).map((n) => `P${n}-USD`))
    const any = fc.record({
      ranked: ids,
      configured: ids,
      existing: fc.option(
        ids.map((list) => new Set(list)),
        { nil: undefined },
      ),
      current: ids.map((list) => new Set(list)),
      top: fc.nat(30),
    })
    fc.assert(
      fc.property(any, (given) => {
        const universe = universeOf(given)
        expect(new Set(universe).size).toBe(universe.length)
        expect(universe.length).toBeLessThanOrEqual(maxProducts)
        expect(universe.every((p) => given.existing?.has(p) ?? true)).toBe(true)
      }),
    )
  })
})
