import { describe, expect, it } from 'vitest'
import { quantity } from '../quantity.ts'
import { parseResources } from '../resource.ts'
import { memoryOf } from './budget.ts'
import { faultless } from './sample.ts'

describe('memory', () => {
  it('counts every replica', () => {
    const mebibyte = 2 ** 20
    expect(memoryOf(parseResources(faultless))).toEqual({
      requests: 2 * 64 * mebibyte,
      limits: 2 * 128 * mebibyte,
    })
  })

  it.each([
    ['1', 1],
    ['50m', 0.05],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['2k', 2000],
  ])('reads %s', (written, expected) => {
    expect(quantity(written)).toBe(expected)
  })

  it.each(['', 'lots', '1Xi', '-1'])('refuses %j', (written) => {
    expect(() => quantity(written)).toThrow('is no quantity')
  })
})
