import { expect, it } from 'vitest'
import { completenessOf } from './completeness.ts'

it('counts the numbers that are missing', () => {
  expect(completenessOf([])).toEqual({ sent: 0, lost: 0 })
  expect(completenessOf([7])).toEqual({ sent: 1, lost: 0 })
  expect(completenessOf([7, 8, 9])).toEqual({ sent: 3, lost: 0 })
  expect(completenessOf([7, 9, 12])).toEqual({ sent: 6, lost: 3 })
})

it('begins anew where the numbers do', () => {
  expect(completenessOf([900, 905, 1, 2, 4])).toEqual({ sent: 4, lost: 1 })
})
