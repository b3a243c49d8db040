import type { Clock } from '@flux/runtime'

/** When to flush: soon after something came, and never more than half of the time. */
export interface Tick {
  /** Something is waiting. */
  poke(): void
  /** While a flush is being written: when it is done. */
  flushing(): Promise<void> | undefined
  stop(): void
}

interface TickOptions {
  readonly clock: Clock
  /** Shortest time between two flushes, in milliseconds. */
  readonly idleMs: number
  /** Writes out what waits. */
  flush(): Promise<void>
  onError(error: unknown): void
}

/**
 * Runs `flush` one at a time: `idleMs` after the first poke, or later when less time than the last flush took has
 * passed since its end, so that fan-out leaves half of the loop to everything else.
 */
export const createTick = ({ clock, idleMs, flush, onError }: TickOptions): Tick => {
  let cancel: (() => void) | undefined
  let running: Promise<void> | undefined
  let poked = false
  let stopped = false
  let restUntil = Number.NEGATIVE_INFINITY

  const run = async () => {
    cancel = undefined
    poked = false
    const start = clock.monotonic()
    running = flush().catch(onError)
    await running
    running = undefined
    const end = clock.monotonic()
    restUntil = end + (end - start)
    if (poked) schedule()
  }
  const schedule = () => {
    if (cancel || stopped) return
    cancel = clock.after(Math.max(idleMs, restUntil - clock.monotonic()), () => {
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
