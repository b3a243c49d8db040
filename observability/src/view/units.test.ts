import { expect, it } from 'vitest'
import { inUnit } from './units.ts'

it.each([
  [0.0015, 's', '1.5 ms'],
  [0, 's', '0 s'],
  [600, 's', '10 min'],
  [20_400, 'ops', '20.4 k/s'],
  [0.25, 'ops', '0.25/s'],
  [3 * 1_024 ** 2, 'bytes', '3 MiB'],
  [0.4, 'percentunit', '40 %'],
  [12, 'short', '12'],
])('writes %d in %s as %s', (value, unit, text) => {
  expect(inUnit(value, unit)).toBe(text)
})
