import type { Random } from './random.ts'

/** When taker orders come: a Poisson process whose rate can change. Times are in microseconds. */
export interface Arrivals {
  nextAt(): number
  /** The order due at `time` has come; the wait for the next one begins. */
  take(time: number): void
  setRate(now: number, perMicrosecond: number): void
  /** Time went on to `time` without any order. */
  skipTo(time: number): void
}

/**
 * The next order comes when `due` orders were to be expected since `from`. It is counted from there and
 * not from now: how often somebody looks must not move it by a microsecond, and a change of rate draws
 * no number.
 */
export const createArrivals = (
  random: Random,
  options: { from: number; perMicrosecond: number },
): Arrivals => {
  let { from, perMicrosecond } = options
  let due = random.exponential()
  return {
    nextAt: () => (perMicrosecond > 0 ? from + Math.ceil(due / perMicrosecond) : Infinity),
    take: (time) => {
      from = time
      due = random.exponential()
    },
    setRate: (now, rate) => {
      due = Math.max(0, due - (now - from) * perMicrosecond)
      from = now
      perMicrosecond = rate
    },
    skipTo: (time) => {
      from = time
    },
  }
}
