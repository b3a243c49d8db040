import type { Outcome } from '@flux/contracts'
import type { Committed } from './commit.ts'
import { worse, worstOf } from './hydrate.ts'
import type { Resume } from './types.ts'

/** Follows what became of the rooms that were current before the connection was lost. */
export interface ResumeTracker {
  /** A connection has begun, and these rooms have been current before. */
  begin(rooms: readonly string[]): void
  committed(done: Committed): void
  /** What became of them so far; `at` in epoch milliseconds. */
  result(at: number): Resume
}

/** What a single hydrate did, as a resume; `at` in epoch milliseconds. */
export const resumeOf = (done: Committed, at: number): Resume => ({
  at,
  outcome: worstOf([...done.outcomes.values()]),
  channels: Object.fromEntries(done.outcomes),
  caughtUp: done.accepted,
})

/** Follows nothing until `begin`. */
export const createResumeTracker = (): ResumeTracker => {
  let awaited = new Set<string>()
  let channels = new Map<string, Outcome>()
  let caughtUp = 0
  return {
    begin(rooms) {
      awaited = new Set(rooms)
      channels = new Map()
      caughtUp = 0
    },
    committed(done) {
      if (!awaited.delete(done.room)) return
      caughtUp += done.accepted
      for (const [channel, outcome] of done.outcomes) {
        channels.set(channel, worse(channels.get(channel) ?? 'recovered', outcome))
      }
    },
    result: (at) => resumeOf({ room: '', outcomes: channels, accepted: caughtUp }, at),
  }
}
