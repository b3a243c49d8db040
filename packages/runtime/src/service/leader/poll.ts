import type { Clock } from '../../clock.ts'
import { FluxError, messageOf } from '../../errors.ts'
import { type Breaker, type BreakerState, createBreaker } from '../../flow/breaker.ts'
import { poll } from '../../flow/poll.ts'
import { retry } from '../../flow/retry.ts'
import { withTimeout } from '../../flow/timeout.ts'
import type { PublishOptions } from '../../publish/record.ts'
import { inSpan } from '../../telemetry/tracing.ts'
import type { ServiceEvents } from '../events.ts'
import type { Sources } from '../sources.ts'

/** How scheduled work runs. */
export interface PollSettings extends Pick<PublishOptions, 'source' | 'simulated'> {
  /** Milliseconds that one attempt may take (default 30,000, at most the period). */
  readonly timeoutMs?: number
  /** Attempts per run (default 3). */
  readonly attempts?: number
  /** The provider whose state and breaker the runs tell in `platform.sources`. */
  readonly provider?: string
}

/** What polling needs of its service. */
export interface PollDependencies {
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
  readonly events: ServiceEvents
  readonly sources: Pick<Sources, 'report' | 'seen'>
}

/** Failed runs in a row after which a provider counts as down. */
const downAfter = 3

const shown = { closed: 'closed', open: 'open', 'half-open': 'half_open' } as const

const sourceTeller = (provider: string | undefined, sources: PollDependencies['sources']) => {
  let failures = 0
  if (provider === undefined)
    return { breaker: () => {}, ended: () => {}, worked: () => {}, failed: () => {} }
  return {
    breaker: (state: BreakerState) => sources.report(provider, { breaker: shown[state] }),
    ended: () => sources.report(provider, { breaker: null }),
    worked: () => {
      failures = 0
      sources.seen(provider, 'ok')
      sources.report(provider, { state: 'ok' })
    },
    failed: (error: unknown) => {
      failures += 1
      const state = failures >= downAfter ? 'down' : 'degraded'
      sources.seen(provider, 'failed')
      sources.report(provider, { state, reason: messageOf(error) })
    },
  }
}

/** Errors that do not end the polling: those that know what they are. All else is a bug, and losing the lead is the end. */
const goesOn = (error: unknown): boolean =>
  error instanceof FluxError && error.code !== 'not_leader'

/**
 * Runs `work` every `everyMs`, with jitter, timeout, retry and breaker, until the signal is aborted. Rejects with an
 * error that is a bug, and with `not_leader`.
 */
export const pollWork = async (
  name: string,
  work: (signal: AbortSignal) => Promise<void>,
  options: PollSettings & PollDependencies & { readonly everyMs: number },
): Promise<void> => {
  const { clock, random, signal, events, everyMs, provider, attempts = 3 } = options
  const ms = Math.min(options.timeoutMs ?? 30_000, everyMs)
  const teller = sourceTeller(provider, options.sources)
  const breaker: Breaker = createBreaker({ clock, onState: teller.breaker })
  const attempt = (inner: AbortSignal) => withTimeout(work, { ms, clock, signal: inner })
  events.pollBegins(name)
  teller.breaker(breaker.state())
  await poll({
    ...{ everyMs, clock, random, signal },
    run: async (inner) => {
      const tries = () => retry(attempt, { clock, random, signal: inner, attempts })
      await inSpan(`poll ${name}`, () => breaker.run(tries))
      events.pollWorked(name)
      teller.worked()
    },
    onError: (error) => {
      if (!goesOn(error)) throw error
      events.pollFailed(name, error)
      teller.failed(error)
    },
  }).finally(teller.ended)
}
