import { expect, it } from 'vitest'
import { formatShare } from './share-price.ts'

it.each([
  [1_234.5, '1,234.50'],
  [45.126, '45.13'],
  [7, '7.00'],
  [0.1234, '0.1234'],
  [null, '–'],
  [undefined, '–'],
])('shows the share price %s as %s', (price, text) => {
  expect(formatShare(price)).toBe(text)
})
