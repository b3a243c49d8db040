import type { Clock } from '../clock.ts'
import { type Backoff, fullJitter } from './backoff.ts'
import { isRetryable, retryAfterOf } from './failure.ts'

/** What `retry` needs beside the work. */
export interface RetryOptions {
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
  /** Calls in total, the first one included (default 3). */
  readonly attempts?: number
  /** Span of the delays (default 250 ms doubling to 10 s). */
  readonly backoff?: Backoff
  /** The longest `Retry-After` that is waited out, in milliseconds (default 30,000); a longer one ends the retrying. */
  readonly maxRetryAfterMs?: number
  /** Asked for every failure (default: the error's own `retryable`). */
  retryable?(error: unknown): boolean
  /** Told before every wait. */
  onRetry?(error: unknown, next: { readonly attempt: number; readonly delayMs: number }): void
}

const defaultBackoff: Backoff = { baseMs: 250, maxMs: 10_000 }

/** The wait before the next attempt; `undefined` when there is none. */
const nextDelay = (error: unknown, attempt: number, options: RetryOptions): number | undefined => {
  if (attempt + 1 >= (options.attempts ?? 3)) return undefined
  if (!(options.retryable ?? isRetryable)(error)) return undefined
  const jitter = fullJitter(attempt, options.backoff ?? defaultBackoff, options.random)
  const asked = retryAfterOf(error)
  if (asked === undefined) return jitter
  // Never earlier than asked, and jittered on top: all replicas were told the same moment.
  return asked > (options.maxRetryAfterMs ?? 30_000) ? undefined : asked + jitter
}

/**
 * Calls `work` until it resolves, with full jitter between the attempts and `Retry-After` obeyed.
 * Throws the last error when it is not retryable or the attempts are used up, the signal's reason when aborted.
 */
export const retry = async <T>(
  work: (signal: AbortSignal) => Promise<T>,
  options: RetryOptions,
): Promise<T> => {
  for (let attempt = 0; ; attempt += 1) {
    options.signal.throwIfAborted()
    try {
      return await work(options.signal)
    } catch (error) {
      options.signal.throwIfAborted()
      const delayMs = nextDelay(error, attempt, options)
      if (delayMs === undefined) throw error
      options.onRetry?.(error, { attempt: attempt + 1, delayMs })
      await options.clock.sleep(delayMs, options.signal)
    }
  }
}
