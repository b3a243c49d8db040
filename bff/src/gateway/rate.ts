/** What a rate limit says to one message. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number }

/** A token bucket: `burst` at once, `perSecond` afterwards. */
export interface Bucket {
  /** `now` in milliseconds on a monotonic clock. */
  take(now: number): Verdict
}

/** A full bucket. */
export const createBucket = ({
  burst,
  perSecond,
}: {
  burst: number
  perSecond: number
}): Bucket => {
  let tokens = burst
  let filledAt: number | undefined
  return {
    take: (now) => {
      tokens = Math.min(burst, tokens + ((now - (filledAt ?? now)) / 1_000) * perSecond)
      filledAt = now
      if (tokens < 1)
        return { ok: false, retryAfterMs: Math.ceil(((1 - tokens) / perSecond) * 1_000) }
      tokens -= 1
      return { ok: true }
    },
  }
}

const strikesToClose = 3
const strikeWindowMs = 10_000

/** Says when a client that keeps going over its limit has to go: after three bursts refused within 10 s. */
export const createStrikes = () => {
  let strikes: number[] = []
  let refusing = false
  return {
    /** Tells the verdict on a message; true when the connection has to be closed. */
    note: (verdict: Verdict, now: number): boolean => {
      const isNewBurst = !verdict.ok && !refusing
      refusing = !verdict.ok
      if (!isNewBurst) return false
      strikes = [...strikes.filter((at) => now - at < strikeWindowMs), now]
      return strikes.length >= strikesToClose
    },
  }
}
