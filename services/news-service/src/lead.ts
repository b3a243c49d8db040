import type { Clock, Leader, Sources } from '@flux/runtime'
import { provider } from './provider/newsdata-reply.ts'
import type { Refresh } from './refresh.ts'
import { dueIn } from './schedule.ts'

/** What the schedule needs. */
export interface LeadOptions {
  readonly refresh: Refresh
  readonly sources: Pick<Sources, 'report'>
  readonly clock: Clock
  readonly everyMs: number
}

/**
 * The schedule, on one replica: one call every `everyMs`, first of all for every category that has no stories. A new
 * leader waits until the next call is due, so that changes of leader cost no credits.
 */
export const lead = async (options: LeadOptions, leader: Leader): Promise<void> => {
  const { refresh, sources, clock, everyMs } = options
  const last = (await refresh.held(leader.signal))?.at
  const waitMs = dueIn(last, clock.now(), everyMs)
  if (last !== undefined && waitMs > 0) {
    sources.report(provider, { state: 'ok', lastSuccessAt: last })
    await clock.sleep(waitMs, leader.signal)
  }
  let filled = false
  await leader.poll(
    provider,
    everyMs,
    async (signal) => {
      const work = filled ? refresh.turn : refresh.fill
      filled = true
      await work(signal)
    },
    // One attempt: every call costs a credit, failed ones too.
    { provider, attempts: 1, timeoutMs: 60_000 },
  )
}
