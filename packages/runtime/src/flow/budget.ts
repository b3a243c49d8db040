import type { Cache } from '../cache/port.ts'
import type { Cancel, Clock } from '../clock.ts'
import { createWindow } from './window.ts'

/** What a budget is made of. */
export interface BudgetOptions {
  readonly cache: Cache
  /** Cache key of the shared window. */
  readonly key: string
  /** Tokens that all replicas together may take in any span of `windowMs`. */
  readonly limit: number
  readonly windowMs: number
  /** Tokens that this replica alone takes per window while the cache does not answer (default: half of `limit`). */
  readonly localLimit?: number
  readonly clock: Clock
  readonly random: () => number
}

/** Calls to a provider are paid from here, whoever makes them. */
export interface Budget {
  /**
   * Waits for one token, first come first served. False when there was none within `maxWaitMs` (0: one try).
   * Rejects with the signal's reason when aborted.
   */
  take(signal: AbortSignal, options: { readonly maxWaitMs: number }): Promise<boolean>
}

interface Waiter {
  readonly until: number
  settle(granted: boolean): void
}

/** How long to wait between two tries: about the time in which one token comes free. */
const pauseOf = ({ windowMs, limit, random }: BudgetOptions): number =>
  Math.min(1_000, Math.max(50, windowMs / Math.max(1, limit))) * (0.5 + random())

/** Tokens for up to `want` calls; what the cache grants is booked here too, for the moment it goes away. */
const createGrant = (options: BudgetOptions) => {
  const { cache, key, limit, windowMs, clock } = options
  const localLimit = options.localLimit ?? Math.ceil(limit / 2)
  const local = createWindow({ limit: localLimit, windowMs, clock })
  return async (want: number): Promise<number> => {
    const granted = await cache.take(key, { want, limit, windowMs })
    if (granted === undefined) return local.take(want)
    local.book(granted)
    return granted
  }
}

/** Makes a budget over the cache's shared window, with a window of its own for when the cache does not answer. */
export const createBudget = (options: BudgetOptions): Budget => {
  const { clock } = options
  const grant = createGrant(options)
  const waiting = new Set<Waiter>()
  let busy = false
  let cancel: Cancel | undefined

  const arm = () => {
    if (waiting.size === 0) return
    const now = clock.monotonic()
    const deadline = Math.min(...[...waiting].map((waiter) => waiter.until))
    const ms = Math.min(pauseOf(options), Math.max(0, deadline - now))
    cancel = clock.after(ms, () => void pump())
  }

  /** One try for all who wait; a deadline ends after a try, never before one. */
  const pump = async () => {
    if (busy || waiting.size === 0) return
    busy = true
    cancel?.()
    const asking = [...waiting]
    const granted = await grant(asking.length)
    const now = clock.monotonic()
    const present = asking.filter((waiter) => waiting.has(waiter))
    for (const [index, waiter] of present.entries()) {
      if (index < granted) waiter.settle(true)
      else if (waiter.until <= now) waiter.settle(false)
    }
    busy = false
    // Who came during the try has not had one yet.
    if ([...waiting].some((waiter) => !asking.includes(waiter))) void pump()
    else arm()
  }

  return {
    take: (signal, { maxWaitMs }) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const leave = () => {
          waiting.delete(waiter)
          signal.removeEventListener('abort', onAbort)
          if (waiting.size === 0) cancel?.()
        }
        const onAbort = () => {
          leave()
          reject(signal.reason)
        }
        const waiter: Waiter = {
          until: clock.monotonic() + maxWaitMs,
          settle: (granted) => {
            leave()
            resolve(granted)
          },
        }
        signal.addEventListener('abort', onAbort, { once: true })
        waiting.add(waiter)
        void pump()
      }),
  }
}
