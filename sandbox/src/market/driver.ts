import type { Cancel, Clock } from '@flux/runtime'
import type { Market } from './market.ts'

/** Behind by more than this (a suspended machine), the market goes on from now instead of making up for it. */
const mostBehindMs = 5_000
/** Timers closer together than this cost more than they show. */
const leastDelayMs = 4

/**
 * Lets a market's time pass with the clock: its time is the clock's plus `offsetMs`. One that stands
 * behind (it was paused) goes on from the clock's time.
 */
export const driveMarket = (
  market: Market,
  options: { clock: Clock; offsetMs: number },
): Cancel => {
  const { clock } = options
  let { offsetMs } = options
  let stopped = false
  let cancel: Cancel = () => {}

  const run = () => {
    if (stopped) return
    const time = Math.floor((clock.now() + offsetMs) * 1000)
    if (time - market.time() > mostBehindMs * 1000) market.skipTo(time)
    // A wall clock that was set back must not stop the market.
    if (market.time() - time > mostBehindMs * 1000) offsetMs = market.time() / 1000 - clock.now()
    market.runUntil(time)
    plan()
  }
  const plan = () => {
    const wait = market.nextAt() / 1000 - (clock.now() + offsetMs)
    const delay = Math.min(1000, Math.max(leastDelayMs, Math.ceil(wait)))
    cancel = clock.after(delay, run)
  }
  plan()
  return () => {
    stopped = true
    cancel()
  }
}
