import type { Clock } from '@flux/runtime'
import type { Drain } from '../gateway/drain.ts'
import type { Feed } from '../state/feed.ts'
import type { StatsTable } from './stats.ts'

/** Without a successful fetch for this long, a replica whose peers are live leaves. */
const darkMs = 15_000
const periodMs = 1_000

/**
 * A replica alone in the dark sends its clients to peers that still hear Kafka, and lets them in again when it does
 * itself. When no peer is live it stays, or comes back: nobody would serve them better.
 */
export const watchDark = (options: {
  readonly clock: Clock
  readonly feed: Pick<Feed, 'silentMs' | 'tail'>
  readonly stats: Pick<StatsTable, 'hasLivePeer'>
  readonly drain: Pick<Drain, 'begin' | 'end'>
  readonly drainMs: number
  readonly signal: AbortSignal
  onError(error: unknown): void
}): { isAway(): boolean; stop(): void } => {
  const { clock, feed, stats, drain, signal } = options
  let away = false
  const look = () => {
    if (signal.aborted) return
    const isDark = feed.silentMs() > darkMs
    if (!away && isDark && stats.hasLivePeer()) {
      away = true
      drain.begin(options.drainMs).catch(options.onError)
    } else if (away && ((!isDark && feed.tail() === 'live') || (isDark && !stats.hasLivePeer()))) {
      away = false
      drain.end()
    }
  }
  return { isAway: () => away, stop: clock.every(periodMs, look) }
}
