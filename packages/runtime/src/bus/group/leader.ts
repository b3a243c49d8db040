import type { Clock } from '../../clock.ts'
import { FluxError } from '../../errors.ts'
import { fullJitter } from '../../flow/backoff.ts'
import type { Log } from '../../telemetry/log.ts'
import type { GroupOptions, Leadership } from '../port.ts'

/** What leadership is made of. */
export interface LeaderOptions {
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly group: string
  /** How old the last proof of membership is, in milliseconds. */
  age(): number
  /** Older than this the fence is closed: nothing is published. */
  readonly fenceMs: number
  /** Older than this somebody else may lead: the work is stopped. */
  readonly sessionMs: number
  readonly onLead: GroupOptions['onLead']
}

/** Leadership of one member, with its work. */
export interface Leader {
  readonly leadership: Leadership
  /** True while the leading partition was given to this member, fresh or not. */
  owns(): boolean
  /** To be told after every join and loss. */
  own(owns: boolean): void
  /** Stops the work and waits until it has stopped. */
  close(): Promise<void>
}

const backoff = { baseMs: 2000, maxMs: 30_000 }
const checkMs = 250
const stopMs = 5000

const isNotLeader = (error: unknown) => error instanceof FluxError && error.code === 'not_leader'

/** The fence: what `held` and `assert` say. */
const fence = (holds: () => boolean): Leadership => ({
  held: holds,
  assert: () => {
    if (!holds()) throw new FluxError('not_leader', 'this member does not lead, or not for sure')
  },
})

/**
 * Starts the work when leadership is won, aborts it when it is lost, starts it again when it failed: at once after
 * `not_leader` (as soon as the fence is open), after 1 to 30 s with jitter otherwise. Work that resolves is done.
 */
export const createLeader = (options: LeaderOptions): Leader => {
  const { clock, random, log, group, age, fenceMs, sessionMs, onLead } = options
  let owns = false
  let closed = false
  let finished = false
  let failures = 0
  let notBefore = 0
  let work: { readonly abort: AbortController; readonly done: Promise<void> } | undefined

  const held = () => owns && !closed && age() < fenceMs
  const leadership = fence(held)

  const failed = (error: unknown) => {
    if (isNotLeader(error)) return log.info({ group }, 'leader work was fenced off')
    const delayMs = Math.max(1000, fullJitter(failures, backoff, random))
    failures += 1
    notBefore = clock.monotonic() + delayMs
    log.error({ group, err: error, delayMs }, 'leader work failed, it starts again')
  }

  const begin = (lead: NonNullable<GroupOptions['onLead']>) => {
    const abort = new AbortController()
    const run = async () => {
      try {
        await lead(leadership, abort.signal)
        if (!abort.signal.aborted) finished = true
      } catch (error) {
        if (!abort.signal.aborted) failed(error)
      }
    }
    log.info({ group }, 'leading')
    const done = run().finally(() => {
      work = undefined
    })
    work = { abort, done }
  }

  const halt = () => {
    if (!work || work.abort.signal.aborted) return
    log.info({ group }, 'not leading any more')
    work.abort.abort(new FluxError('not_leader', 'leadership is lost'))
  }

  const check = () => {
    const wanted = owns && !closed && age() < sessionMs
    if (!wanted) return halt()
    if (work || finished || !onLead) return
    if (held() && clock.monotonic() >= notBefore) begin(onLead)
  }
  const cancel = clock.every(checkMs, check)

  return {
    leadership,
    owns: () => owns,
    own: (next) => {
      if (next !== owns) {
        finished = false
        failures = 0
        notBefore = 0
      }
      owns = next
      check()
    },
    close: async () => {
      closed = true
      cancel()
      const late = Promise.withResolvers<void>()
      const stop = clock.after(stopMs, late.resolve)
      halt()
      if (work) await Promise.race([work.done, late.promise])
      stop()
    },
  }
}
