import type { History } from '@flux/contracts'
import type { Samples } from './types.ts'

/** How a channel samples its history: the last value in every `everyMs`, for `spanMs`, all by the fact's time. */
export type Sampling = Extract<History, { kind: 'sampled' }>

/** No samples; one object, so that it is equal to itself for those who compare. */
export const noSamples: Samples = { t: [], v: [] }

/** The number that a channel samples, or `undefined` when the value has none there. */
export const columnOf = (value: unknown, column: string): number | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = Reflect.get(value, column)
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

/** Keeps only the last point of every period, and what lies within the span before the newest; input sorted by time. */
const thin = (rule: Sampling, points: readonly (readonly [number, number])[]): Samples => {
  const newest = points.at(-1)?.[0] ?? 0
  const t: number[] = []
  const v: number[] = []
  points.forEach(([at, value], index) => {
    const next = points[index + 1]?.[0]
    const last = next === undefined || period(rule, next) !== period(rule, at)
    if (!last || at <= newest - rule.spanMs) return
    t.push(at)
    v.push(value)
  })
  return { t, v }
}

const period = (rule: Sampling, at: number): number => Math.floor(at / rule.everyMs)

const pointsOf = (samples: Samples): [number, number][] =>
  samples.t.flatMap((at, index) => {
    const value = samples.v[index]
    return value === undefined ? [] : [[at, value] satisfies [number, number]]
  })

/** Joins two histories of a key. At the same time the second one wins. */
export const mergeSamples = (rule: Sampling, first: Samples, second: Samples): Samples =>
  thin(
    rule,
    [...pointsOf(first), ...pointsOf(second)].sort((a, b) => a[0] - b[0]),
  )

/** A history that grows in place; `view` is stable until it has grown. */
export interface SampleRing {
  add(at: number, value: number): void
  merge(samples: Samples): void
  view(): Samples
}

/** Keeps a key's samples by the channel's rule. Adding costs nothing that grows with the history. */
export const createSampleRing = (rule: Sampling): SampleRing => {
  let t: number[] = []
  let v: number[] = []
  let seen: Samples | undefined

  const trim = () => {
    const oldest = (t.at(-1) ?? 0) - rule.spanMs
    while ((t[0] ?? Number.POSITIVE_INFINITY) <= oldest) {
      t.shift()
      v.shift()
    }
  }
  return {
    add(at, value) {
      const last = t.at(-1)
      // A fact older than the newest sample is either in that sample's past already or came by another way.
      if (last !== undefined && at < last) return
      if (last !== undefined && period(rule, last) === period(rule, at)) {
        t.pop()
        v.pop()
      }
      t.push(at)
      v.push(value)
      trim()
      seen = undefined
    },
    merge(samples) {
      const merged = mergeSamples(rule, { t, v }, samples)
      t = [...merged.t]
      v = [...merged.v]
      seen = undefined
    },
    view() {
      seen ??= { t: [...t], v: [...v] }
      return seen
    },
  }
}
