/**
 * The values of `source` until the signal is aborted; then it ends at once, even when the source is silent and does
 * not listen. The source is told to stop either way.
 */
export async function* untilAborted<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const aborted = Promise.withResolvers<undefined>()
  const onAbort = () => aborted.resolve(undefined)
  signal.addEventListener('abort', onAbort, { once: true })
  const iterator = source[Symbol.asyncIterator]()
  try {
    while (!signal.aborted) {
      const next = iterator.next()
      const result = await Promise.race([next, aborted.promise])
      if (result === undefined) next.catch(() => undefined)
      if (result === undefined || result.done) return
      yield result.value
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    // Not awaited: a generator answers `return` only after its pending `next`, which may never come.
    iterator.return?.().catch(() => undefined)
  }
}
