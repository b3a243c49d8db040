import { describe, expect, it } from 'vitest'
import { heldOrder } from './ordering.ts'

describe('heldOrder', () => {
  it('keeps what stays in place, drops what went and adds what is new at the end', () => {
    expect(heldOrder(['c', 'a', 'b'], ['a', 'd', 'c'])).toEqual(['c', 'a', 'd'])
  })
})
