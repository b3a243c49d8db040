/** Work in several parts, of which the first that fails ends all. */
export interface FailFast {
  /** Aborted with the work around it, and when a part has failed. */
  readonly signal: AbortSignal
  /** A part has failed; only the first error counts. */
  fail(error: unknown): void
  /** Throws the first error, if there was one. */
  throwFirst(): void
}

/** Makes the common end of the parts of some work; `outer` is the end of what is around it. */
export const createFailFast = (outer: AbortSignal): FailFast => {
  const failed = new AbortController()
  let first: { readonly error: unknown } | undefined
  return {
    signal: AbortSignal.any([outer, failed.signal]),
    fail: (error) => {
      if (first) return
      first = { error }
      failed.abort(error)
    },
    throwFirst: () => {
      if (first) throw first.error
    },
  }
}
