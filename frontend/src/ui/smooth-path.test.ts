import fc from 'fast-check'
import { expect, it } from 'vitest'
import { smoothPath } from './smooth-path.ts'

const numbersOf = (path: string) => [...path.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number)

it('draws nothing without points and a bare start with one', () => {
  expect(smoothPath([])).toBe('')
  expect(smoothPath([{ x: 1, y: 2 }])).toBe('M1 2')
})

it('goes through every point', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 3, y: 9 },
    { x: 6, y: 3 },
  ]
  expect(smoothPath(points)).toBe('M0 0C1 3 2 9 3 9C4 9 5 5 6 3')
})

it('never swings beyond neighbouring points', () => {
  const heights = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 30 })
  fc.assert(
    fc.property(heights, (ys) => {
      const points = ys.map((y, index) => ({ x: index * 3, y }))
      const [, , ...curves] = numbersOf(smoothPath(points))
      points.slice(1).forEach((to, index) => {
        const low = Math.min(to.y, points[index]?.y ?? 0) - 0.01
        const high = Math.max(to.y, points[index]?.y ?? 0) + 0.01
        for (const at of [1, 3]) {
          const y = curves[index * 6 + at] ?? Number.NaN
          expect(y).toBeGreaterThanOrEqual(low)
          expect(y).toBeLessThanOrEqual(high)
        }
      })
    }),
  )
})
