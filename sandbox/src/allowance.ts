import type { Clock } from '@flux/runtime'

/** How many calls a window of time allows. */
export interface Allowance {
  /** Null: counted and never refused. */
  limit(): number | null
  setLimit(limit: number | null): void
  /** Spends a call; false (and nothing spent) when the window has none left. */
  take(): boolean
  /** What is left of `shown` calls, or of the limit where there is one. */
  remaining(): number
  /** When the window ends, in epoch milliseconds. */
  resetAt(): number
}

/** Calls per window of `windowMs`, windows beginning at whole multiples of it since 1970. `shown` is told while there is no limit. */
export const createAllowance = (options: {
  clock: Clock
  windowMs: number
  limit: number | null
  shown: number
}): Allowance => {
  const { clock, windowMs, shown } = options
  let { limit } = options
  let window = 0
  let spent = 0

  const current = () => {
    const now = Math.floor(clock.now() / windowMs)
    if (now !== window) spent = 0
    window = now
    return spent
  }
  return {
    limit: () => limit,
    setLimit: (wanted) => {
      limit = wanted
    },
    take: () => {
      if (limit !== null && current() >= limit) return false
      spent = current() + 1
      return true
    },
    remaining: () => Math.max(0, (limit ?? shown) - current()),
    resetAt: () => {
      current()
      return (window + 1) * windowMs
    },
  }
}
