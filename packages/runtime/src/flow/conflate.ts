import type { Clock } from '../clock.ts'
import { createAlarm } from './alarm.ts'
import { isRetryable } from './failure.ts'
import { createPace } from './pace.ts'

/** What a conflater is made of. */
export interface ConflateOptions<K, V> {
  /** Most values per second and key that leave. */
  readonly perSecond: number
  readonly clock: Clock
  /** Aborted: what waits is dropped and nothing is taken any more. */
  readonly signal: AbortSignal
  /** Called with the newest value of a key; not again for that key before it has settled. */
  emit(key: K, value: V, signal: AbortSignal): Promise<void> | void
  /** Told when `emit` fails; must not throw. After a retryable error the value is tried again unless a newer one has come. */
  onError(error: unknown, key: K): void
}

/** Keeps the newest value per key and lets it through at a bounded rate. */
export interface Conflate<K, V> {
  /** Replaces the waiting value of the key; false when drained or aborted. */
  set(key: K, value: V): boolean
  /** Sends what waits without regard to the rate, waits for it, and takes nothing any more. */
  drain(): Promise<void>
  /** Keys with a waiting value. */
  size(): number
}

/**
 * Makes a conflater. The first value of a quiet key leaves at once, the last value of a burst always leaves; values
 * that are due together leave in the order in which they were last set.
 */
export const createConflate = <K, V>(options: ConflateOptions<K, V>): Conflate<K, V> => {
  const { clock, signal } = options
  const waiting = new Map<K, V>()
  const pace = createPace<K>(clock, options.perSecond)
  let closed = signal.aborted

  // A map keeps the old place of a key that is set again: deleted first, or the order would be that of the first set.
  const put = (key: K, value: V) => {
    waiting.delete(key)
    waiting.set(key, value)
  }
  const alarm = createAlarm(clock, () => sendDue())
  const arm = (at: number) => {
    if (!closed) alarm.set(at)
  }

  const failed = (error: unknown, key: K, value: V) => {
    options.onError(error, key)
    if (!closed && isRetryable(error) && !waiting.has(key)) put(key, value)
  }

  const send = (key: K, value: V) => {
    waiting.delete(key)
    // A turn later, so that an `emit` that throws at once or sets the key again finds its flight registered.
    const flight = Promise.resolve()
      .then(() => options.emit(key, value, signal))
      .catch((error: unknown) => failed(error, key, value))
      .then(() => {
        pace.landed(key)
        if (waiting.has(key)) arm(pace.dueAt(key))
      })
    pace.left(key, flight)
  }

  const sendDue = () => {
    const now = clock.monotonic()
    pace.forget(now)
    for (const [key, value] of [...waiting]) if (pace.dueAt(key) <= now) send(key, value)
    let next = Number.POSITIVE_INFINITY
    for (const key of waiting.keys()) next = Math.min(next, pace.dueAt(key))
    arm(next)
  }

  const close = () => {
    closed = true
    alarm.cancel()
    signal.removeEventListener('abort', onAbort)
  }
  const onAbort = () => {
    close()
    waiting.clear()
  }
  signal.addEventListener('abort', onAbort, { once: true })

  return {
    set: (key, value) => {
      if (closed) return false
      put(key, value)
      const at = pace.dueAt(key)
      // Others that are due went in earlier and go first: hence all of them, not this key alone.
      if (at <= clock.monotonic()) sendDue()
      else arm(at)
      return true
    },
    drain: async () => {
      close()
      while (waiting.size > 0 || pace.flights().length > 0) {
        for (const [key, value] of [...waiting]) if (!pace.flying(key)) send(key, value)
        await Promise.all(pace.flights())
      }
    },
    size: () => waiting.size,
  }
}
