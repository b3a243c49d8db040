import type { Clock } from '../clock.ts'
import { FluxError } from '../errors.ts'

/** What `withTimeout` needs beside the work. */
export interface TimeoutOptions {
  /** Milliseconds that the work may take in total. */
  readonly ms: number
  readonly clock: Clock
  readonly signal: AbortSignal
}

/**
 * Runs `work` with a signal that is aborted after `ms`. Throws `timeout` (FluxError, retryable) then, even when the
 * work does not listen, and the outer signal's reason when that one is aborted first.
 */
export const withTimeout = async <T>(
  work: (signal: AbortSignal) => Promise<T>,
  { ms, clock, signal }: TimeoutOptions,
): Promise<T> => {
  signal.throwIfAborted()
  const inner = new AbortController()
  const stopped = Promise.withResolvers<never>()
  const stop = (reason: unknown) => {
    // Reject first: the work's own answer to the abort must not win the race.
    stopped.reject(reason)
    inner.abort(reason)
  }
  const onAbort = () => stop(signal.reason)
  const cancel = clock.after(ms, () =>
    stop(new FluxError('timeout', `no result within ${ms} ms`, { retryable: true })),
  )
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([stopped.promise, work(inner.signal)])
  } finally {
    cancel()
    signal.removeEventListener('abort', onAbort)
  }
}
