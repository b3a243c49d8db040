import type { Bus } from '@flux/runtime'
import fc from 'fast-check'
import { leaksIn } from './leak.ts'

/** What is fuzzed: a running replica and the log that it reads. */
export interface Target {
  readonly url: string
  readonly bus: Bus
}

/** What inputs have led to. */
export interface Tally {
  /** Counts what was sent. */
  sent(count: number): void
  /** Takes an answer: what it tells of the inside is noted. */
  answered(text: string): void
  /** An input was followed by what must not be; each kind is told once. */
  fault(what: string): void
}

/** A way into the replica. */
export interface Surface {
  readonly name: string
  /** Share of all inputs, 0 to 1. */
  readonly share: number
  /** Sends so many inputs, made from a seed. */
  run(
    target: Target,
    options: { readonly count: number; readonly seed: number; readonly tally: Tally },
  ): Promise<void>
}

/** Counts of one surface, for the report. */
export interface Counts {
  readonly sent: number
  readonly answered: number
  readonly faults: readonly string[]
}

/** A tally and what it holds now. */
export const createTally = (): Tally & { counts(): Counts } => {
  let sent = 0
  let answered = 0
  const faults = new Set<string>()
  return {
    sent: (count) => {
      sent += count
    },
    answered: (text) => {
      answered += 1
      for (const what of leaksIn(text)) faults.add(`an answer told ${what}: ${text.slice(0, 200)}`)
    },
    fault: (what) => {
      faults.add(what)
    },
    counts: () => ({ sent, answered, faults: [...faults] }),
  }
}

/** So many values of an arbitrary; the same for the same seed. */
export const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number, seed: number): readonly T[] =>
  fc.sample(arbitrary, { numRuns: count, seed })

/** Runs a job for every seed, some at a time. */
export const inParallel = async (
  seeds: readonly number[],
  width: number,
  job: (seed: number) => Promise<void>,
): Promise<void> => {
  const left = [...seeds]
  const worker = async () => {
    for (let seed = left.pop(); seed !== undefined; seed = left.pop()) await job(seed)
  }
  await Promise.all(Array.from({ length: width }, worker))
}

/** Seeds for the batches that so many inputs make. */
export const batches = (count: number, size: number, seed: number): readonly number[] =>
  Array.from({ length: Math.ceil(count / size) }, (_, index) => seed * 1_000_003 + index)
