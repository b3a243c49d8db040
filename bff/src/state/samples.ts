import type { Stored } from './decode.ts'

interface Sample {
  readonly bucket: number
  readonly at: number
  readonly value: number
  readonly partition: number
  readonly offset: number
}

/** Sampled history of a key as columns of the browser protocol. */
interface Columns {
  readonly t: readonly number[]
  readonly v: readonly number[]
}

/** The last number of every `everyMs` of the fact's time. */
export interface Samples {
  add(entry: Stored): void
  /** What is younger than `sinceAt` and, with `after`, came behind those offsets (by partition). */
  columns(sinceAt: number, after?: Readonly<Record<string, number>>): Columns
}

/** Keeps as many samples as fit into `spanMs`. */
export const createSamples = ({
  everyMs,
  spanMs,
}: {
  everyMs: number
  spanMs: number
}): Samples => {
  const capacity = Math.ceil(spanMs / everyMs) + 1
  const samples: Sample[] = []
  return {
    add: ({ at, sample: value, partition, offset }) => {
      if (value === undefined) return
      const bucket = Math.floor(at / everyMs)
      const last = samples.at(-1)
      if (last && bucket < last.bucket) return
      if (last?.bucket === bucket) samples.pop()
      samples.push({ bucket, at, value, partition, offset })
      if (samples.length > capacity) samples.shift()
    },
    columns: (sinceAt, after) => {
      const wanted = samples.filter(
        (s) => s.at >= sinceAt && (after === undefined || s.offset > (after[s.partition] ?? -1)),
      )
      return { t: wanted.map((s) => s.at), v: wanted.map((s) => s.value) }
    },
  }
}
