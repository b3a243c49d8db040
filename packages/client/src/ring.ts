import type { Held } from './types.ts'

/** The newest records of a key in order; `view` is stable until something changed. */
export interface Ring {
  /** Appends a record that is known to be the newest. */
  push(record: Held): void
  /** Puts records in that lie at or before the newest; what is there already stays. True when something came in. */
  backfill(records: readonly Held[]): boolean
  /** Removes records whose fact is older than `at` (epoch milliseconds). True when something went. */
  dropBefore(at: number): boolean
  newest(): Held | undefined
  view(): readonly Held[]
}

const inOrder = (a: Held, b: Held): number =>
  a.position[0] === b.position[0] ? a.position[1] - b.position[1] : a.version - b.version

const samePlace = (a: Held, b: Held): boolean =>
  a.version === b.version || (a.position[0] === b.position[0] && a.position[1] === b.position[1])

/** Keeps the newest `size` records of a key. */
export const createRing = (size: number): Ring => {
  let records: Held[] = []
  let seen: readonly Held[] | undefined

  const replace = (next: Held[]): boolean => {
    const changed = next.length !== records.length || next.some((one, i) => one !== records[i])
    records = next
    if (changed) seen = undefined
    return changed
  }
  return {
    push(record) {
      records.push(record)
      if (records.length > size) records.shift()
      seen = undefined
    },
    backfill(more) {
      // Sorting is stable, so of two that are the same the one that was here first comes first and stays.
      const merged = [...records, ...more].sort(inOrder)
      const unique = merged.filter((one, i) => {
        const before = merged[i - 1]
        return !before || !samePlace(before, one)
      })
      return replace(unique.slice(-size))
    },
    dropBefore: (at) => replace(records.filter((one) => one.at >= at)),
    newest: () => records.at(-1),
    view() {
      seen ??= [...records]
      return seen
    },
  }
}
