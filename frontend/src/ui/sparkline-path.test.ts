import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sparklinePaths } from './sparkline-path.ts'

const layout = { width: 96, height: 24, inset: 2, gapMs: 60_000, minSpanMs: 0 }
const numbersIn = (path: string): number[] => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number)

describe('sparklinePaths', () => {
  it('draws nothing without points', () => {
    expect(sparklinePaths({ t: [], v: [] }, layout)).toEqual({
      line: '',
      area: '',
      last: undefined,
    })
  })

  it('spaces points by time, not by count', () => {
    const { line } = sparklinePaths({ t: [0, 10_000, 40_000], v: [0, 0, 10] }, layout)
    expect(line).toBe('M2 22L25 22L94 2')
  })

  it('leaves a gap where points are too far apart', () => {
    const { line, area } = sparklinePaths(
      { t: [0, 60_000, 120_001, 180_001], v: [1, 2, 3, 4] },
      layout,
    )
    expect(line.match(/M/g)).toHaveLength(2)
    expect(area.match(/Z/g)).toHaveLength(2)
  })

  it('draws a lone point as a dot without an area', () => {
    const { line, area, last } = sparklinePaths({ t: [5], v: [7] }, layout)
    expect(line).toBe('M48 12h0')
    expect(area).toBe('')
    expect(last).toEqual({ x: 48, y: 12 })
  })

  it('keeps the least span free at the left when the series is short', () => {
    const { line } = sparklinePaths({ t: [0, 1_000], v: [1, 2] }, { ...layout, minSpanMs: 92_000 })
    expect(line).toBe('M93 22L94 2')
  })

  it('ignores times without a value', () => {
    expect(sparklinePaths({ t: [0, 1, 2], v: [1] }, layout).last).toEqual({ x: 48, y: 12 })
  })

  it('stays inside its box and goes from left to right', () => {
    const series = fc
      .array(
        fc.tuple(
          fc.integer({ min: 0, max: 3_600_000 }),
          fc.double({ min: 0, max: 1e6, noNaN: true }),
        ),
      )
      .map((points) => points.toSorted((a, b) => a[0] - b[0]))
    fc.assert(
      fc.property(series, (points) => {
        const { line } = sparklinePaths(
          { t: points.map(([t]) => t), v: points.map(([, v]) => v) },
          layout,
        )
        const coordinates = numbersIn(line.replaceAll('h0', ''))
        const xs = coordinates.filter((_, index) => index % 2 === 0)
        expect(xs).toEqual(xs.toSorted((a, b) => a - b))
        expect(coordinates.every((n) => n >= 2 && n <= 94)).toBe(true)
        expect(xs).toHaveLength(points.length)
      }),
    )
  })
})
