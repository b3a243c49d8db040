/** Cancels what it came with; calling it again does nothing. */
export type Cancel = () => void

/** Time as an argument; all values in milliseconds. */
export interface ClientClock {
  /** Wall-clock time in epoch milliseconds. */
  now(): number
  /** Milliseconds on a clock that never goes back; only differences mean something. */
  monotonic(): number
  /** Calls `fn` once after `ms` milliseconds. */
  after(ms: number, fn: () => void): Cancel
  /** Calls `fn` every `ms` milliseconds, the first time after `ms`. */
  every(ms: number, fn: () => void): Cancel
}

/** The clock of the machine, in browsers and Node alike. */
export const systemClock: ClientClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, fn) => {
    // biome-ignore lint/style/noRestrictedGlobals: this is the clock that everything else takes.
    const timer = setTimeout(fn, ms)
    return () => clearTimeout(timer)
  },
  every: (ms, fn) => {
    // biome-ignore lint/style/noRestrictedGlobals: this is the clock that everything else takes.
    const timer = setInterval(fn, ms)
    return () => clearInterval(timer)
  },
}
