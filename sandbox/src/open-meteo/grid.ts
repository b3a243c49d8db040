import type { Spot } from '../weather/sphere.ts'

/** A coordinate on a model's grid, counted from its edge in single precision: 13.41 becomes 13.419998. */
const snapped = (value: number, edge: number, step: number): number => {
  const steps = Math.round((value - edge) / step)
  const single = Math.fround(Math.fround(edge) + Math.fround(Math.fround(step) * steps))
  return Number(single.toPrecision(8))
}

/** The grid point that answers for a spot; `step` is the grid's width in degrees. */
export const gridPoint = (spot: Spot, step: number): Spot => ({
  latitude: snapped(spot.latitude, -90, step),
  longitude: snapped(spot.longitude, -180, step),
})
