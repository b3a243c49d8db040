import type { Clock } from '../../clock.ts'
import type { Backoff } from '../../flow/backoff.ts'
import { retry } from '../../flow/retry.ts'
import type { Middleware } from '../port.ts'

/** How often and when a record is tried again. */
export interface RetriedOptions {
  readonly clock: Clock
  readonly random: () => number
  /** Tries in total (default 3). */
  readonly attempts?: number
  /** Span of the waits (default 250 ms doubling to 10 s). */
  readonly backoff?: Backoff
}

const heartbeatMs = 1000

/** Tries a record again when the error says that this can help, with full jitter, the membership kept alive meanwhile. */
export const retried =
  (options: RetriedOptions): Middleware =>
  (next) =>
  async (record, context) => {
    const { signal } = context
    // A heartbeat that fails ends the membership, and with it the signal: nothing to do here.
    const beat = () => void context.heartbeat().catch(() => undefined)
    const cancel = options.clock.every(heartbeatMs, beat)
    try {
      await retry(() => next(record, context), { ...options, signal })
    } finally {
      cancel()
    }
  }
