import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRing } from './ring.ts'
import type { Held } from './types.ts'

const record = (version: number, offset = version): Held => ({
  value: version,
  at: version,
  position: [0, offset],
  version,
  simulated: false,
  receivedAt: 0,
})

const versions = (held: readonly Held[]) => held.map((one) => one.version)

describe('ring', () => {
  it('keeps the newest records in order', () => {
    const ring = createRing(3)
    for (const version of [1, 2, 3, 4]) ring.push(record(version))
    expect(versions(ring.view())).toEqual([2, 3, 4])
    expect(ring.newest()?.version).toBe(4)
  })

  it('puts older records in behind, each once, however often and in whatever pieces they come', () => {
    const all = Array.from({ length: 12 }, (_, i) => i + 1)
    fc.assert(
      fc.property(fc.array(fc.subarray(all)), fc.nat({ max: 12 }), (pieces, from) => {
        const ring = createRing(5)
        for (const version of all.slice(from)) ring.push(record(version))
        const before = ring.view()
        for (const piece of pieces) ring.backfill(piece.map((version) => record(version)))
        const expected = [...new Set([...versions(before), ...pieces.flat()])]
        expect(versions(ring.view())).toEqual(expected.sort((a, b) => a - b).slice(-5))
      }),
    )
  })

  it('takes a second record of the same version for a repetition', () => {
    const ring = createRing(5)
    ring.push(record(1))
    ring.push(record(2))
    expect(ring.backfill([record(2, 9)])).toBe(false)
    expect(ring.view().map((one) => one.position[1])).toEqual([1, 2])
  })

  it('forgets what is too old and says whether it did', () => {
    const ring = createRing(5)
    for (const version of [1, 2, 3]) ring.push(record(version))
    const view = ring.view()
    expect(ring.dropBefore(1)).toBe(false)
    expect(ring.view()).toBe(view)
    expect(ring.dropBefore(3)).toBe(true)
    expect(versions(ring.view())).toEqual([3])
  })
})
