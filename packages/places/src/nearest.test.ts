import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNearest, type Point } from './nearest.ts'

const sine2 = (degrees: number) => Math.sin((degrees * Math.PI) / 360) ** 2
const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180)

/** The angle between two points by the haversine, in radians. */
const angle = (a: Point, b: Point): number => {
  const across = cosine(a.latitude) * cosine(b.latitude) * sine2(a.longitude - b.longitude)
  return 2 * Math.asin(Math.min(1, Math.sqrt(sine2(a.latitude - b.latitude) + across)))
}

const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

describe('the nearest point', () => {
  it('is nearest on the globe, not on the map', () => {
    const nearest = createNearest([
      { latitude: -17, longitude: 170 },
      { latitude: -17, longitude: -179 },
    ])
    expect(nearest({ latitude: -17, longitude: 179 })).toBe(1)
    const north = createNearest([
      { latitude: 70, longitude: 0 },
      { latitude: 89, longitude: 180 },
    ])
    expect(north({ latitude: 89, longitude: 0 })).toBe(1)
  })

  it('is the earlier of two that are the same, and none where there is none', () => {
    const here = { latitude: 1, longitude: 2 }
    expect(createNearest([here, here])(here)).toBe(0)
    expect(createNearest([])(here)).toBe(-1)
  })

  it('has no other point nearer by the haversine', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 20 }), point, (points, from) => {
        const found = points[createNearest(points)(from)]
        const least = Math.min(...points.map((to) => angle(from, to)))
        expect(found && angle(from, found)).toBeCloseTo(least, 6)
      }),
    )
  })
})
