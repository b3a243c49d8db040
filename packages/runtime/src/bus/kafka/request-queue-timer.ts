import { createRequire } from 'node:module'

/** The part of kafkajs's request queue that the remedy touches. */
interface RequestQueue {
  pending: readonly unknown[]
  throttledUntil: number
  throttleCheckTimeoutId: NodeJS.Timeout | null
  checkPendingRequests(): void
  scheduleCheckPendingRequests(): void
}

const minDelayMs = 10

const schedule = function (this: RequestQueue): void {
  if (this.pending.length === 0 || this.throttleCheckTimeoutId) return
  const delayMs = Math.max(minDelayMs, this.throttledUntil - Date.now())
  this.throttleCheckTimeoutId = setTimeout(() => {
    this.throttleCheckTimeoutId = null
    this.checkPendingRequests()
  }, delayMs)
}

/**
 * Stops kafkajs 2.2.4 from waking up every millisecond.
 *
 * Its queue arms a timer after every response, also when nothing waits, and with a negative delay when nothing is
 * throttled, which Node takes for 1 ms; the timer arms the next one, on every connection, for ever (2 to 4 % of a
 * core, and a TimeoutNegativeWarning). A timer is needed only while requests wait in the queue.
 * Safe to call more than once; must be called before the first client is made.
 */
export const fixRequestQueueTimer = (): void => {
  const queue: { prototype: RequestQueue } = createRequire(import.meta.url)(
    'kafkajs/src/network/requestQueue',
  )
  queue.prototype.scheduleCheckPendingRequests = schedule
}
