import type { Clock } from '../clock.ts'
import { type Backoff, fullJitter } from './backoff.ts'
import { retryAfterOf } from './failure.ts'
import { pause } from './pause.ts'
import { untilAborted } from './until-aborted.ts'

/** What `pipe` needs. */
export interface PipeOptions<T> {
  /** Opens the source; called again after the source has failed. */
  open(signal: AbortSignal): AsyncIterable<T>
  /** Takes one value at a time, in order. */
  sink(value: T, signal: AbortSignal): Promise<void> | void
  /** Told of every failure; `value` is the one the sink failed on. Throwing here ends the pipe with that error. */
  onError(error: unknown, at: { readonly value: T } | undefined): void
  /** Span of the delays before a failed source is opened again (default 1 s doubling to 60 s). */
  readonly backoff?: Backoff
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
}

const defaultBackoff: Backoff = { baseMs: 1_000, maxMs: 60_000 }

const deliver = async <T>(value: T, options: PipeOptions<T>): Promise<void> => {
  try {
    await options.sink(value, options.signal)
  } catch (error) {
    if (!options.signal.aborted) options.onError(error, { value })
  }
}

/** Empties one source into the sink: the error it failed with, boxed, or nothing when it ended or was aborted. */
const drainSource = async <T>(
  options: PipeOptions<T>,
  onValue: () => void,
): Promise<{ readonly error: unknown } | undefined> => {
  const source = untilAborted(options.open(options.signal), options.signal)
  const next = () => source.next().catch((error: unknown) => ({ error }))
  try {
    for (let result = await next(); ; result = await next()) {
      if ('error' in result) return result
      if (result.done) return undefined
      onValue()
      await deliver(result.value, options)
    }
  } finally {
    await source.return(undefined)
  }
}

/**
 * Carries every value of a source to a sink, one at a time. A value that the sink refuses is reported and the next one
 * goes on; a source that fails is reported and opened again after a delay with full jitter. Resolves when the source
 * ends or the signal is aborted; rejects with what `open` itself or `onError` throws.
 */
export const pipe = async <T>(options: PipeOptions<T>): Promise<void> => {
  const { signal, clock, random, backoff = defaultBackoff } = options
  let attempt = 0
  while (!signal.aborted) {
    const failure = await drainSource(options, () => {
      attempt = 0
    })
    if (signal.aborted || !failure) return
    options.onError(failure.error, undefined)
    const delayMs = fullJitter(attempt, backoff, random)
    attempt += 1
    await pause(Math.max(delayMs, retryAfterOf(failure.error) ?? 0), clock, signal)
  }
}
