/**
 * When records are due: evenly spaced, whatever became of those before. A latency counted from here holds the time
 * that a record waited to be sent, so that a producer or server that stalls cannot hide it (coordinated omission).
 */
export interface Schedule {
  /** Microseconds at which record `index` is due. */
  dueAt(index: number): number
  /** How many records are due at this time. */
  dueBy(micros: number): number
}

/** `total` records, `perSecond` of them a second, the first at `start` (microseconds). */
export const createSchedule = (options: {
  readonly start: number
  readonly perSecond: number
  readonly total: number
}): Schedule => {
  const { start, perSecond, total } = options
  return {
    dueAt: (index) => start + Math.floor((index * 1_000_000) / perSecond),
    dueBy: (micros) => {
      if (micros < start) return 0
      return Math.min(total, Math.floor(((micros - start) * perSecond) / 1_000_000) + 1)
    },
  }
}
