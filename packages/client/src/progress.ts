import type { Committed } from './commit.ts'
import type { Intake } from './intake.ts'
import { createResumeTracker, resumeOf } from './resume.ts'
import type { StatusBoard } from './status.ts'
import type { Wanted } from './wanted.ts'

/** What progress is read from. */
export interface ProgressOptions {
  readonly wanted: Wanted
  readonly intake: Intake
  readonly status: StatusBoard
  isRefused(room: string): boolean
  /** The client's time, epoch milliseconds. */
  now(): number
}

/** The way from a session to `live`, the first time and every time after. */
export interface Progress {
  /** A session has begun, or its log was exchanged for another. */
  begin(): void
  /** A hydrate was committed; `wasLive` tells whether its room was current before. */
  committed(done: Committed, wasLive: boolean): void
  /** A room may have come to where nothing more is awaited of it. */
  check(): void
}

/** Progress of a client that was never live. */
export const createProgress = (options: ProgressOptions): Progress => {
  const { wanted, intake, status, now } = options
  const resume = createResumeTracker()
  let everLive = false
  const settled = (room: string) => intake.isLive(room) || options.isRefused(room)
  return {
    begin() {
      resume.begin(wanted.rooms().filter(intake.isKnown))
      status.set({ phase: everLive ? 'recovering' : 'session' })
    },
    committed(done, wasLive) {
      resume.committed(done)
      const replaced = resumeOf(done, now())
      // Who says again where he is at home is told again what is there.
      const usual = done.room === wanted.home() ? 'snapshot' : 'recovered'
      const surprising = wasLive && replaced.outcome !== 'recovered' && replaced.outcome !== usual
      if (surprising && status.get().phase === 'live') status.set({ lastResume: replaced })
    },
    check() {
      const { phase } = status.get()
      if (phase !== 'session' && phase !== 'recovering') return
      if (!wanted.all().every(settled)) return
      everLive = true
      status.set({
        phase: 'live',
        ...(phase === 'recovering' && { lastResume: resume.result(now()) }),
      })
    },
  }
}
