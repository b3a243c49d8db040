import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, primeFrom, spreadOf } from './stats.ts'

describe('the median', () => {
  it.each([
    [[], 0],
    [[3], 3],
    [[5, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
  ])('of %j is %d', (numbers, expected) => {
    expect(median(numbers)).toBe(expected)
  })

  it('lies between the smallest and the largest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (numbers) => {
        const { low, median: middle, high } = spreadOf(numbers)
        expect(low).toBe(Math.min(...numbers))
        expect(high).toBe(Math.max(...numbers))
        expect(middle).toBeGreaterThanOrEqual(low)
        expect(middle).toBeLessThanOrEqual(high)
      }),
    )
  })
})

describe('the sampling period', () => {
  it.each([
    [0.2, 1],
    [1, 1],
    [1.5, 3],
    [20, 23],
    [100, 101],
  ])('for %d is %d', (wish, expected) => {
    expect(primeFrom(wish)).toBe(expected)
  })
})
