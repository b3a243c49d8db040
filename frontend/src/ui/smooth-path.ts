/** A point in the coordinates of a drawing. */
export interface Point {
  readonly x: number
  readonly y: number
}

const round = (value: number): number => Math.round(value * 100) / 100

const slopeOf = (a: Point, b: Point): number => (b.x === a.x ? 0 : (b.y - a.y) / (b.x - a.x))

/** The tangent between two slopes: flat at a turn, so that the curve never swings beyond its points. */
const tangent = (before: number, after: number): number =>
  before * after <= 0 ? 0 : (2 * before * after) / (before + after)

const tangentsOf = (points: readonly Point[]): number[] => {
  const slopes = points.slice(1).map((point, index) => slopeOf(points[index] ?? point, point))
  return points.map((_, index) => {
    const before = slopes[index - 1] ?? slopes[index] ?? 0
    const after = slopes[index] ?? before
    return tangent(before, after)
  })
}

/** A smooth line through points in order of `x`, as the `d` of a path; it stays between neighbouring points' heights. */
export const smoothPath = (points: readonly Point[]): string => {
  const [first] = points
  if (!first) return ''
  const tangents = tangentsOf(points)
  const curves = points.slice(1).map((to, index) => {
    const from = points[index] ?? to
    const third = (to.x - from.x) / 3
    const out = from.y + third * (tangents[index] ?? 0)
    const into = to.y - third * (tangents[index + 1] ?? 0)
    const numbers = [from.x + third, out, to.x - third, into, to.x, to.y]
    return `C${numbers.map(round).join(' ')}`
  })
  return `M${round(first.x)} ${round(first.y)}${curves.join('')}`
}
