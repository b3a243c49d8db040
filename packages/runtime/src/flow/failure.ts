import { FluxError } from '../errors.ts'

/** Whether trying again can help: only errors that say so themselves; anything unknown is a bug and is not repeated. */
export const isRetryable = (error: unknown): boolean =>
  error instanceof FluxError && error.retryable

/** No wait is longer: what asks for more is a mistake, and a timer over 24.8 days would fire at once. */
const longestMs = 86_400_000

/** How long the other side asked us to wait, in milliseconds (at most a day); `undefined` when it did not. */
export const retryAfterOf = (error: unknown): number | undefined =>
  error instanceof FluxError &&
  'retryAfterMs' in error &&
  typeof error.retryAfterMs === 'number' &&
  error.retryAfterMs >= 0
    ? Math.min(error.retryAfterMs, longestMs)
    : undefined
