/** The span a delay is drawn from: it doubles with every attempt up to `maxMs`. */
export interface Backoff {
  /** Upper end of the first delay, in milliseconds. */
  readonly baseMs: number
  /** Upper end of every delay, in milliseconds. */
  readonly maxMs: number
}

/**
 * A delay in milliseconds for attempt 0, 1, 2 … with full jitter: anything from 0 to the doubled span, so that
 * clients that failed together do not come back together.
 */
export const fullJitter = (attempt: number, backoff: Backoff, random: () => number): number =>
  // Beyond 2^30 the span is capped anyway, and doubling on would end in Infinity.
  random() * Math.min(backoff.maxMs, backoff.baseMs * 2 ** Math.min(attempt, 30))
