import type { Clock } from '../clock.ts'
import { FluxError } from '../errors.ts'
import { isRetryable, retryAfterOf } from './failure.ts'

/** `closed`: calls pass. `open`: calls are refused. `half-open`: one call is let through to see. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** A call was refused because the breaker is open; `retryAfterMs` tells when it is worth asking again. */
export class BreakerOpenError extends FluxError {
  override readonly name = 'BreakerOpenError'
  readonly retryAfterMs: number

  constructor(retryAfterMs: number) {
    super('breaker_open', 'the breaker is open', { retryable: true })
    this.retryAfterMs = retryAfterMs
  }
}

/**
 * What a failed call says about the other side. `fault`: it is unwell. `answer`: it answered, for good or for bad (a
 * 404 is a fine answer). `nothing`: the call was given up, or the fault is our own.
 */
export type Verdict = 'fault' | 'answer' | 'nothing'

/** What a breaker is made of. */
export interface BreakerOptions {
  readonly clock: Clock
  /** Faults in a row that open it (default 5). */
  readonly faults?: number
  /** Milliseconds until the first probe (default 30,000); doubles with every probe that fails. */
  readonly openMs?: number
  /** Upper end of that time (default 300,000). A longer `Retry-After` is obeyed all the same. */
  readonly maxOpenMs?: number
  /** Default: retryable errors are faults, other FluxErrors are answers, all else says nothing. */
  verdict?(error: unknown): Verdict
  /** Told of every change, synchronously. */
  onState?(state: BreakerState, previous: BreakerState): void
}

/** Refuses calls to a side that keeps failing, and tries it again with one call at a time. */
export interface Breaker {
  state(): BreakerState
  /** Runs `work`, which must end by itself, or throws `BreakerOpenError`; rejects as `work` does. */
  run<T>(work: () => Promise<T>): Promise<T>
}

const judge = (error: unknown): Verdict => {
  if (isRetryable(error)) return 'fault'
  return error instanceof FluxError ? 'answer' : 'nothing'
}

/** When it is worth asking again while a probe is under way, in milliseconds. */
const probeMs = 1_000

type State =
  | { readonly is: 'closed'; readonly faults: number }
  | { readonly is: 'open'; readonly until: number; readonly openMs: number }
  | { readonly is: 'half-open'; readonly openMs: number }

/** Makes a closed breaker. Own code: cockatiel's breaker reads `Date.now()` and cannot be given a clock. */
export const createBreaker = (options: BreakerOptions): Breaker => {
  const { clock, faults: limit = 5, openMs: firstOpenMs = 30_000, maxOpenMs = 300_000 } = options
  const verdictOf = options.verdict ?? judge
  let state: State = { is: 'closed', faults: 0 }
  // Grows with every change of state: the result of a call from before the change decides nothing any more.
  let era = 0

  const become = (next: State) => {
    const previous = state.is
    state = next
    if (next.is === previous) return
    era += 1
    options.onState?.(next.is, previous)
  }

  const open = (openMs: number, error: unknown) => {
    const waitMs = Math.max(openMs, retryAfterOf(error) ?? 0)
    become({ is: 'open', until: clock.monotonic() + waitMs, openMs })
  }

  const fault = (error: unknown) => {
    if (state.is === 'half-open') return open(Math.min(state.openMs * 2, maxOpenMs), error)
    if (state.is !== 'closed') return
    if (state.faults + 1 >= limit) return open(firstOpenMs, error)
    state = { is: 'closed', faults: state.faults + 1 }
  }

  const settle = (verdict: Verdict, error?: unknown) => {
    if (verdict === 'fault') return fault(error)
    if (verdict === 'answer') return become({ is: 'closed', faults: 0 })
    // A probe that was given up taught nothing: the next call is the probe.
    if (state.is === 'half-open')
      become({ is: 'open', until: clock.monotonic(), openMs: state.openMs })
  }

  const admit = () => {
    if (state.is === 'closed') return
    const waitMs = state.is === 'open' ? state.until - clock.monotonic() : probeMs
    if (waitMs > 0) throw new BreakerOpenError(waitMs)
    become({ is: 'half-open', openMs: state.openMs })
  }

  return {
    state: () => (state.is === 'open' && clock.monotonic() >= state.until ? 'half-open' : state.is),
    run: async (work) => {
      admit()
      const mine = era
      try {
        const result = await work()
        if (era === mine) settle('answer')
        return result
      } catch (error) {
        if (era === mine) settle(verdictOf(error), error)
        throw error
      }
    },
  }
}
