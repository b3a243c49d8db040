import type { Clock } from '@flux/runtime'

/** When to flush: at once when it has been quiet, and never more than half of the time. */
export interface Tick {
  /** Something is waiting. */
  poke(): void
  /** While a flush is being written: when it is done. */
  flushing(): Promise<void> | undefined
  stop(): void
}

interface TickOptions {
  readonly clock: Clock
  /** Shortest time between the starts of two flushes, in milliseconds. */
  readonly idleMs: number
  /** Writes out what waits. It tells how much of its time, in milliseconds, it left to the rest of the loop. */
  flush(): Promise<number>
  onError(error: unknown): void
}

/** For how long what comes together is gathered when it has been quiet, in milliseconds. */
const gatherMs = 1

/** Up to here a longer rest than the half is worth the wait: fewer, larger packs, in milliseconds. */
const cheapRestMs = 15

/**
 * How long to leave the loop to everything else after a flush that wrote for `busyMs`: twice as long while that is
 * short, for a socket write costs the same with one event as with ten, and always at least as long. What it left to the
 * loop between its writes counts.
 */
const restAfter = (busyMs: number, leftMs: number): number =>
  Math.max(busyMs, Math.min(2 * busyMs, cheapRestMs)) - leftMs

/**
 * Runs `flush` one at a time: a moment after the first poke when it has been quiet, else when `idleMs` have passed since
 * the last one began and the loop has had its rest since that ended.
 */
export const createTick = ({ clock, idleMs, flush, onError }: TickOptions): Tick => {
  let cancel: (() => void) | undefined
  let running: Promise<void> | undefined
  let poked = false
  let stopped = false
  let nextAt = Number.NEGATIVE_INFINITY

  const run = async () => {
    cancel = undefined
    poked = false
    const start = clock.monotonic()
    let leftMs = 0
    running = flush().then((ms) => {
      leftMs = ms
    }, onError)
    await running
    running = undefined
    const end = clock.monotonic()
    nextAt = Math.max(start + idleMs, end + restAfter(end - start - leftMs, leftMs))
    if (poked) schedule()
  }
  const schedule = () => {
    if (cancel || stopped) return
    cancel = clock.after(Math.max(gatherMs, nextAt - clock.monotonic()), () => {
      run().catch(onError)
    })
  }
  return {
    poke: () => {
      poked = true
      if (!running) schedule()
    },
    flushing: () => running,
    stop: () => {
      stopped = true
      cancel?.()
    },
  }
}
