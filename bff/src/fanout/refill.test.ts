import { describe, expect, it } from 'vitest'
import { createRing } from '../state/ring.ts'
import { stored } from '../state/stored.fixture.ts'
import { refill } from './refill.ts'

const ringOf = (partition: number, offsets: readonly number[], capacity = 10) => {
  const ring = createRing(capacity, partition, 0)
  for (const offset of offsets) ring.push(stored({ partition, offset }))
  return ring
}
const gap = (partition: number, first: number, last: number) =>
  new Map([[partition, { first, last }]])
const positions = (found: ReturnType<typeof refill>) => found?.map((e) => [e.partition, e.offset])

describe('a gap', () => {
  it('is filled with its own records and no others', () => {
    const rings = [ringOf(0, [1, 4, 7, 9]), ringOf(1, [5])]
    expect(positions(refill(rings, gap(0, 4, 7)))).toEqual([
      [0, 4],
      [0, 7],
    ])
  })

  it('of several keys of a partition is filled in the order of the offsets', () => {
    expect(positions(refill([ringOf(0, [1, 4]), ringOf(0, [2, 3])], gap(0, 1, 3)))).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
    ])
  })

  it('is not filled when the ring has lost a part of it, or is gone', () => {
    const full = ringOf(0, [1, 2, 3, 4], 2)
    expect(refill([full], gap(0, 2, 4))).toBeUndefined()
    expect(positions(refill([full], gap(0, 3, 4)))).toEqual([
      [0, 3],
      [0, 4],
    ])
    expect(refill([], gap(0, 1, 1))).toBeUndefined()
  })
})
