import { expect, it } from 'vitest'
import { formatPrice } from '../../ui/format.ts'
import { tickOf } from './tick.ts'

it('is a step that can be seen', () => {
  for (const price of [91_234.5, 187, 17.82, 2.5, 0.38, 0.0123, 0.00000012]) {
    expect(formatPrice(price + tickOf(price))).not.toBe(formatPrice(price))
  }
  expect(tickOf(91_234.5)).toBeCloseTo(0.01, 10)
})
