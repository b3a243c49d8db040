/** The rate of a total that grows. */
export interface Meter {
  /** The total at a time, epoch milliseconds. */
  add(at: number, total: number): void
  /** How fast it has grown of late; `undefined` until two totals are far enough apart. */
  perSecond(): number | undefined
}

interface Point {
  readonly at: number
  readonly total: number
}

const shortestMs = 1_500

/** Measures over the last `spanMs` milliseconds. A total that falls, or a long silence, begins afresh. */
export const createMeter = (spanMs: number): Meter => {
  let points: readonly Point[] = []
  return {
    add(at, total) {
      const last = points.at(-1)
      if (last && at === last.at) return
      const goesOn = last && at > last.at && at - last.at < spanMs && total >= last.total
      const kept = goesOn ? points : []
      const tooOld = kept.findLastIndex((point) => point.at <= at - spanMs)
      points = [...kept.slice(Math.max(0, tooOld)), { at, total }]
    },
    perSecond() {
      const [first, last] = [points[0], points.at(-1)]
      if (!first || !last || last.at - first.at < shortestMs) return undefined
      return ((last.total - first.total) * 1_000) / (last.at - first.at)
    },
  }
}

/** The newest of some measured times. */
export interface Times {
  /** Adds one in milliseconds. Below 0 it is the clocks' inexactness, over a minute no delay but an old fact. */
  add(ms: number): void
  /** The median in milliseconds; `undefined` with fewer than three. */
  median(): number | undefined
  /** How many were added since the last `clear`. */
  count(): number
  clear(): void
}

const fewest = 3
const plausibleMs = 60_000

/** Keeps the newest `size` times. */
export const createTimes = (size: number): Times => {
  let kept: readonly number[] = []
  let count = 0
  return {
    add(ms) {
      if (ms > plausibleMs) return
      kept = [...kept.slice(1 - size), Math.max(0, ms)]
      count += 1
    },
    median: () =>
      kept.length < fewest
        ? undefined
        : kept.toSorted((a, b) => a - b)[Math.floor(kept.length / 2)],
    count: () => count,
    clear() {
      kept = []
      count = 0
    },
  }
}
