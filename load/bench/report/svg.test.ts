import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { niceStep, plotSvg, shortNumber } from './svg.ts'

const plot = (points: readonly { x: number; y: number }[]) =>
  plotSvg({
    title: 'A & B',
    xLabel: 'x < y',
    yLabel: 'y',
    series: [{ name: 'one', points }],
  })

const coordinates = (svg: string) =>
  [...svg.matchAll(/c([xy])="([^"]+)"/g)].map(([, axis, n]) => [axis, Number(n)] as const)

describe('a plot', () => {
  it('keeps every point inside its frame', () => {
    const point = fc.record({
      x: fc.nat({ max: 1e6 }),
      y: fc.nat({ max: 1e7 }),
    })
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 20 }), (points) => {
        for (const [axis, n] of coordinates(plot(points))) {
          expect(n).toBeGreaterThanOrEqual(axis === 'x' ? 72 : 44)
          expect(n).toBeLessThanOrEqual(axis === 'x' ? 616 : 308)
        }
      }),
    )
  })

  it('draws one circle per point and escapes its texts', () => {
    const svg = plot([
      { x: 0, y: 1 },
      { x: 10, y: 2 },
    ])
    expect(svg.match(/<circle/g)).toHaveLength(2)
    expect(svg).toContain('A &amp; B')
    expect(svg).toContain('x &lt; y')
    expect(svg).not.toContain('NaN')
  })
})

describe('an axis', () => {
  it.each([
    [0.9, 1],
    [1.2, 2],
    [230, 250],
    [6_000, 10_000],
  ])('steps by a round number: %d by %d', (wish, step) => {
    expect(niceStep(wish)).toBe(step)
  })

  it.each([
    [0, '0'],
    [2_500, '2500'],
    [25_000, '25 k'],
    [1_500_000, '1.5 M'],
  ])('writes %d as %s', (value, text) => {
    expect(shortNumber(value)).toBe(text)
  })
})
