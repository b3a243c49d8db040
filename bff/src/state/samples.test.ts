import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSamples } from './samples.ts'
import { stored } from './stored.fixture.ts'

describe('sampled history', () => {
  it('keeps the last value of every bucket, spaced by time', () => {
    const samples = createSamples({ everyMs: 1_000, spanMs: 3_000 })
    const values = [
      [100, 1],
      [900, 2],
      [1_100, 3],
      [2_500, 4],
      [2_600, 5],
    ] as const
    values.forEach(([at, sample], offset) => {
      samples.add(stored({ at, sample, offset }))
    })
    expect(samples.columns(0)).toEqual({ t: [900, 1_100, 2_600], v: [2, 3, 5] })
    expect(samples.columns(1_000)).toEqual({ t: [1_100, 2_600], v: [3, 5] })
    expect(samples.columns(0, { 0: 1 })).toEqual({ t: [1_100, 2_600], v: [3, 5] })
  })

  it('never grows past its span and stays in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100_000 })), (times) => {
        const samples = createSamples({ everyMs: 100, spanMs: 1_000 })
        times.forEach((at, offset) => {
          samples.add(stored({ at, sample: at, offset }))
        })
        const { t } = samples.columns(0)
        expect(t.length).toBeLessThanOrEqual(11)
        expect(t).toEqual([...t].sort((a, b) => a - b))
      }),
    )
  })
})
