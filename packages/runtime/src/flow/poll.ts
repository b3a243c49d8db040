import type { Clock } from '../clock.ts'
import { retryAfterOf } from './failure.ts'
import { pause } from './pause.ts'

/** What `poll` needs. */
export interface PollOptions {
  /** Milliseconds from the start of one run to the start of the next. */
  readonly everyMs: number
  /** Share of `everyMs` by which the wait varies up and down (default 0.1), so that replicas do not march in step. */
  readonly jitter?: number
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
  run(signal: AbortSignal): Promise<void>
  /** Told of every failed run; throwing here ends the polling with that error. */
  onError(error: unknown): void
}

/** A run that lasted as long as the period is followed by a breath of this share of it, never by the next at once. */
const breath = 0.1

const waitOf = (options: PollOptions, tookMs: number): number => {
  const { everyMs, jitter = 0.1, random } = options
  const period = everyMs * (1 + jitter * (2 * random() - 1))
  return Math.max(period - tookMs, everyMs * breath)
}

/**
 * Runs at once and then every `everyMs`, one run at a time, until the signal is aborted; then it resolves. A failed
 * run does not end it; a `Retry-After` longer than the period postpones the next run.
 */
export const poll = async (options: PollOptions): Promise<void> => {
  const { clock, signal } = options
  while (!signal.aborted) {
    const startedAt = clock.monotonic()
    let askedMs = 0
    try {
      await options.run(signal)
    } catch (error) {
      if (signal.aborted) return
      options.onError(error)
      askedMs = retryAfterOf(error) ?? 0
    }
    const waitMs = waitOf(options, clock.monotonic() - startedAt)
    if (!(await pause(Math.max(waitMs, askedMs), clock, signal))) return
  }
}
