import { expect, it } from 'vitest'
import { weakened } from './weakened.ts'

it('takes away one condition at a time', () => {
  expect(weakened('sum(a) / (b > 0) > 0.1 and on (x) c unless d == 1')).toEqual([
    'sum(a) / (b > 0) > 0.1 and on (x) c',
    'sum(a) / (b > 0) > 0.1 unless d == 1',
    'sum(a) / (b > 0) and on (x) c unless d == 1',
    'sum(a) / (b) > 0.1 and on (x) c unless d == 1',
    'sum(a) / (b > 0) > 0.1 and on (x) c unless d',
  ])
})

it('leaves alone what has none', () => {
  expect(weakened('sum by (a) (rate(b{c!="d"}[5m])) * 2')).toEqual([])
})
