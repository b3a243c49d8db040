import type { Outcome } from '@flux/contracts'

/** What a client has counted since it was made. */
export interface Counters {
  /** Records that were taken in, live or by hydrate. */
  accepted: number
  /** Records older than what was held. */
  olderDropped: number
  /** Records that were here already. */
  duplicateDropped: number
  /** Messages and records that are not what the protocol says. */
  malformed: number
  /** Records of rooms that are not wanted any more. */
  unwanted: number
  /** Hydrates that were committed. */
  hydrates: number
  /** Parts of hydrates that came. */
  parts: number
  /** Parts that were thrown away: another connection, another epoch, or a part is missing. */
  partsDropped: number
  /** Outcomes per channel and committed hydrate. */
  outcomes: Record<Outcome, number>
  /** Times that the epoch changed and everything was void. */
  epochs: number
  /** Sessions that were begun. */
  sessions: number
}

/** Counters at zero. */
export const createCounters = (): Counters => ({
  accepted: 0,
  olderDropped: 0,
  duplicateDropped: 0,
  malformed: 0,
  unwanted: 0,
  hydrates: 0,
  parts: 0,
  partsDropped: 0,
  outcomes: { recovered: 0, snapshot: 0, reset: 0 },
  epochs: 0,
  sessions: 0,
})
