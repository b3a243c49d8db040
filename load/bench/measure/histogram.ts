import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js'

/** Latencies in microseconds, three significant digits up to five minutes. */
export interface Latencies {
  record(micros: number): void
  reset(): void
  /** Adds what another process has encoded. */
  add(encoded: string): void
  encode(): string
  summary(): LatencySummary
}

/** Latencies in milliseconds; all 0 when there is none. */
export interface LatencySummary {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

const longestMicros = 300_000_000

/** An empty histogram. A record that is before its time counts as one microsecond. */
export const createLatencies = (): Latencies => {
  const histogram: Histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: longestMicros,
    numberOfSignificantValueDigits: 3,
    bitBucketSize: 32,
  })
  const millis = (micros: number) => Math.round(micros) / 1_000
  return {
    record: (micros) =>
      histogram.recordValue(Math.min(longestMicros, Math.max(1, Math.round(micros)))),
    reset: () => histogram.reset(),
    add: (encoded) => histogram.add(decodeFromCompressedBase64(encoded, 32, false)),
    encode: () => encodeIntoCompressedBase64(histogram),
    summary: () => ({
      count: histogram.totalCount,
      p50: histogram.totalCount === 0 ? 0 : millis(histogram.getValueAtPercentile(50)),
      p99: histogram.totalCount === 0 ? 0 : millis(histogram.getValueAtPercentile(99)),
      p999: histogram.totalCount === 0 ? 0 : millis(histogram.getValueAtPercentile(99.9)),
      max: histogram.totalCount === 0 ? 0 : millis(histogram.maxValue),
    }),
  }
}
