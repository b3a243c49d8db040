/** Newest latencies of live records. */
export interface Latency {
  /** Adds one, in milliseconds; what is negative by the clocks' inexactness counts as 0. */
  add(ms: number): void
  /** The median in whole milliseconds, `undefined` without any. */
  medianMs(): number | undefined
  reset(): void
}

const window = 128
/** Above this it is no latency but an old fact that was sent late, in milliseconds. */
const plausibleMs = 60_000

/** Keeps the newest 128 latencies. */
export const createLatency = (): Latency => {
  const samples: number[] = []
  let next = 0
  return {
    add(ms) {
      if (ms > plausibleMs) return
      samples[next] = Math.max(0, ms)
      next = (next + 1) % window
    },
    medianMs() {
      if (samples.length === 0) return undefined
      const sorted = samples.toSorted((a, b) => a - b)
      const middle = sorted[Math.floor(sorted.length / 2)]
      return middle === undefined ? undefined : Math.round(middle)
    },
    reset() {
      samples.length = 0
      next = 0
    },
  }
}
