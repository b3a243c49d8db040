import type { Clock } from '../clock.ts'

/** Tokens of a sliding window. */
export interface Window {
  /** Takes up to `want` tokens: the number granted. */
  take(want: number): number
  /** Books tokens that were granted elsewhere, over the limit if need be. */
  book(count: number): void
}

/** Makes a window in which no span of `windowMs` milliseconds sees more than `limit` tokens granted by `take`. */
export const createWindow = (options: {
  limit: number
  windowMs: number
  clock: Clock
}): Window => {
  const { limit, windowMs, clock } = options
  let grants: { readonly at: number; readonly count: number }[] = []

  const used = () => {
    const since = clock.monotonic() - windowMs
    grants = grants.filter((grant) => grant.at > since)
    return grants.reduce((sum, grant) => sum + grant.count, 0)
  }
  const book = (count: number) => {
    if (count > 0) grants.push({ at: clock.monotonic(), count })
  }

  return {
    take: (want) => {
      const granted = Math.max(0, Math.min(want, limit - used()))
      book(granted)
      return granted
    },
    book,
  }
}
