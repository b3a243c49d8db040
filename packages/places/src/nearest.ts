/** Where something is, in degrees. */
export interface Point {
  readonly latitude: number
  readonly longitude: number
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** The point on a sphere of radius one. */
const onSphere = ({ latitude, longitude }: Point): [number, number, number] => {
  const [lat, lon] = [radians(latitude), radians(longitude)]
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)]
}

/**
 * Finds the index of the nearest point by great circle; the earlier of two that are equally near, -1 when there is none.
 * The order of straight lines through the globe is that of the ways around it, also over the poles and the date line,
 * and 7,000 of them are compared in some hundredths of a millisecond: an index would only be more code.
 */
export const createNearest = (points: readonly Point[]): ((point: Point) => number) => {
  const places = Float64Array.from(points.flatMap(onSphere))
  return (point) => {
    const [x, y, z] = onSphere(point)
    let nearest = -1
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < places.length; i += 3) {
      const dx = (places[i] ?? 0) - x
      const dy = (places[i + 1] ?? 0) - y
      const dz = (places[i + 2] ?? 0) - z
      const square = dx * dx + dy * dy + dz * dz
      if (square < least) {
        least = square
        nearest = i / 3
      }
    }
    return nearest
  }
}
