/** A series as columns: times in epoch milliseconds, ascending, and values. */
export interface Series {
  readonly t: readonly number[]
  readonly v: readonly number[]
}

/** How a series is laid out. */
export interface SparklineLayout {
  readonly width: number
  readonly height: number
  /** Room for the line's width and the last point, in pixels. */
  readonly inset: number
  /** Points further apart than this are not joined, in milliseconds. */
  readonly gapMs: number
  /** Least time that the width stands for, so that a few minutes do not look like an hour. */
  readonly minSpanMs: number
}

/** What is drawn; empty paths for a series without points. */
export interface SparklinePaths {
  readonly line: string
  readonly area: string
  readonly last: { readonly x: number; readonly y: number } | undefined
}

interface Point {
  readonly t: number
  readonly x: number
  readonly y: number
}

const round = (value: number): number => Math.round(value * 10) / 10

const scale = (from: number, to: number, low: number, high: number) => {
  const span = to - from
  return (value: number) =>
    round(span > 0 ? low + ((value - from) / span) * (high - low) : (low + high) / 2)
}

const place = ({ t, v }: Series, layout: SparklineLayout): Point[] => {
  const end = t.at(-1) ?? 0
  const start = Math.min(t[0] ?? end, end - layout.minSpanMs)
  const x = scale(start, end, layout.inset, layout.width - layout.inset)
  const y = scale(Math.min(...v), Math.max(...v), layout.height - layout.inset, layout.inset)
  return t.map((time, index) => ({ t: time, x: x(time), y: y(v[index] ?? 0) }))
}

/** Runs of points without a gap in between. */
const runsOf = (points: readonly Point[], gapMs: number): Point[][] => {
  const runs: Point[][] = []
  let before: Point | undefined
  for (const point of points) {
    const joined = before !== undefined && point.t - before.t <= gapMs
    if (joined) runs.at(-1)?.push(point)
    else runs.push([point])
    before = point
  }
  return runs
}

// A lone point becomes a line of no length, which round caps draw as a dot.
const lineOf = (run: readonly Point[]): string => {
  const [first] = run
  if (!first) return ''
  if (run.length === 1) return `M${first.x} ${first.y}h0`
  return `M${run.map((point) => `${point.x} ${point.y}`).join('L')}`
}

const areaOf = (run: readonly Point[], height: number): string => {
  const first = run[0]
  const last = run.at(-1)
  if (!first || !last || run.length === 1) return ''
  return `${lineOf(run)}L${last.x} ${height}L${first.x} ${height}Z`
}

/** Lays a series out by time: equal times are equal widths, and gaps stay gaps. */
export const sparklinePaths = (series: Series, layout: SparklineLayout): SparklinePaths => {
  const length = Math.min(series.t.length, series.v.length)
  const points = place({ t: series.t.slice(0, length), v: series.v.slice(0, length) }, layout)
  const runs = runsOf(points, layout.gapMs)
  const last = points.at(-1)
  return {
    line: runs.map(lineOf).join(''),
    area: runs.map((run) => areaOf(run, layout.height)).join(''),
    last: last && { x: last.x, y: last.y },
  }
}
