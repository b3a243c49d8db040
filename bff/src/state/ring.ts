import type { Stored } from './decode.ts'

/** The newest records of a group in order, and the offset below which it knows nothing. */
export interface Ring {
  /** Oldest first. */
  readonly entries: readonly Stored[]
  readonly partition: number
  /** Every record of the group at or above this offset is in the ring. */
  floor(): number
  push(entry: Stored): void
  /** Nothing below `low` that is not here already will come any more. */
  raiseFloor(low: number): void
  /** Drops what was appended before `time` (epoch ms). */
  dropOlderThan(time: number): void
}

/** A ring of at most `capacity` records of one partition, complete from `floor` on. */
export const createRing = (capacity: number, partition: number, startFloor: number): Ring => {
  const entries: Stored[] = []
  let floor = startFloor
  const dropFirst = () => {
    const first = entries.shift()
    if (first) floor = Math.max(floor, first.offset + 1)
  }
  return {
    entries,
    partition,
    floor: () => floor,
    push: (entry) => {
      entries.push(entry)
      if (entries.length > capacity) dropFirst()
    },
    raiseFloor: (low) => {
      floor = Math.max(floor, low)
    },
    dropOlderThan: (time) => {
      while ((entries[0]?.appendedAt ?? Number.POSITIVE_INFINITY) < time) dropFirst()
    },
  }
}
