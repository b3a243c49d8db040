import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, uuidOf } from './random.ts'

const draw = (seed: number, name: string) => {
  const random = createRandom(seed, name)
  return Array.from({ length: 20 }, random.next)
}

describe('random streams', () => {
  it('are the same for the same key and differ for others', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), (seed, name) => {
        expect(draw(seed, name)).toEqual(draw(seed, name))
        expect(draw(seed, name)).not.toEqual(draw(seed + 1, name))
        expect(draw(seed, name)).not.toEqual(draw(seed, `${name}x`))
        expect(draw(seed, name).every((value) => value >= 0 && value < 1)).toBe(true)
      }),
    )
  })

  it('have the moments that they claim', () => {
    const random = createRandom(1, 'moments')
    const mean = (draws: () => number) =>
      Array.from({ length: 20_000 }, draws).reduce((a, b) => a + b, 0) / 20_000
    expect(mean(random.next)).toBeCloseTo(0.5, 1)
    expect(mean(random.exponential)).toBeCloseTo(1, 1)
    expect(mean(random.normal)).toBeCloseTo(0, 1)
    expect(mean(() => random.normal() ** 2)).toBeCloseTo(1, 1)
    expect(mean(() => random.int(1, 3))).toBeCloseTo(2, 1)
    expect(mean(() => (random.chance(0.2) ? 1 : 0))).toBeCloseTo(0.2, 1)
  })

  it('make identifiers in the form of UUIDs', () => {
    const form = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/
    fc.assert(fc.property(fc.string(), (key) => form.test(uuidOf(key))))
  })
})
