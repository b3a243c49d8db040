import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnOf, createSampleRing, mergeSamples, type Sampling } from './samples.ts'

const rule: Sampling = { kind: 'sampled', everyMs: 10, spanMs: 50, column: 'price' }

/** The rule in the plainest words: the last of every period, within the span before the newest. */
const expected = (points: readonly (readonly [number, number])[]) => {
  const newest = points.at(-1)?.[0] ?? 0
  const byPeriod = new Map(points.map((point) => [Math.floor(point[0] / 10), point]))
  const kept = [...byPeriod.values()].filter(([at]) => at > newest - 50)
  return { t: kept.map(([at]) => at), v: kept.map(([, value]) => value) }
}

const points = fc
  .array(fc.tuple(fc.nat({ max: 300 }), fc.nat()), { maxLength: 60, size: 'max' })
  .map((some) => some.sort((a, b) => a[0] - b[0]))

const columns = (some: readonly (readonly [number, number])[]) => ({
  t: some.map(([at]) => at),
  v: some.map(([, value]) => value),
})

describe('samples', () => {
  it('keeps the last value of every period within the span, as they come', () => {
    fc.assert(
      fc.property(points, (some) => {
        const ring = createSampleRing(rule)
        for (const [at, value] of some) ring.add(at, value)
        expect(ring.view()).toEqual(expected(some))
      }),
    )
  })

  it('joins what the server sampled with what came live as if it had come in one', () => {
    fc.assert(
      fc.property(points, fc.nat({ max: 60 }), (some, cut) => {
        const first = columns(some.slice(0, cut))
        expect(mergeSamples(rule, first, columns(some.slice(cut)))).toEqual(expected(some))
      }),
    )
  })

  it('ignores a value that is older than the newest sample', () => {
    const ring = createSampleRing(rule)
    ring.add(100, 1)
    ring.add(95, 2)
    expect(ring.view()).toEqual({ t: [100], v: [1] })
  })

  it('gives the same object until something is added', () => {
    const ring = createSampleRing(rule)
    ring.add(1, 1)
    const view = ring.view()
    expect(ring.view()).toBe(view)
    ring.add(2, 2)
    expect(ring.view()).not.toBe(view)
    expect(view).toEqual({ t: [1], v: [1] })
  })

  it('reads a finite number from a column and nothing else', () => {
    expect(columnOf({ price: 2 }, 'price')).toBe(2)
    for (const value of [null, 3, {}, { price: null }, { price: '2' }, { price: Number.NaN }]) {
      expect(columnOf(value, 'price')).toBeUndefined()
    }
  })
})
