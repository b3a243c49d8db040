/** Cancels what it came with; calling it again does nothing. */
export type Cancel = () => void

/** Time as an argument: everything that waits or looks at a clock takes one of these. */
export interface Clock {
  /** Wall-clock time in epoch milliseconds. */
  now(): number
  /** Milliseconds on a clock that never goes back; only differences mean something. */
  monotonic(): number
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `fn` once after `ms` milliseconds. */
  after(ms: number, fn: () => void): Cancel
  /** Calls `fn` every `ms` milliseconds, the first time after `ms`. */
  every(ms: number, fn: () => void): Cancel
}

const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })

/** The machine's clock. Its timers do not keep a process alive on their own, `sleep` does. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep,
  after: (ms, fn) => {
    const timer = setTimeout(fn, ms).unref()
    return () => clearTimeout(timer)
  },
  every: (ms, fn) => {
    const timer = setInterval(fn, ms).unref()
    return () => clearInterval(timer)
  },
}
