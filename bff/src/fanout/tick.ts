import type { Clock } from '@flux/runtime'

/** When to flush: soon after something came, and never more than half of the time. */
export interface Tick {
  /** Something is waiting. */
  poke(): void
  stop(): void
}

interface TickOptions {
  readonly clock: Clock
  /** Shortest time between two flushes, in milliseconds. */
  readonly idleMs: number
  /** Writes out what waits; false when nothing is left to do. */
  flush(): Promise<void>
  onError(error: unknown): void
}

/**
 * Runs `flush` one at a time: `idleMs` after the first poke, or later when the last flush took longer than that,
 * so that fan-out leaves half of the loop to everything else.
 */
export const createTick = ({ clock, idleMs, flush, onError }: TickOptions): Tick => {
  let cancel: (() => void) | undefined
  let running = false
  let poked = false
  let stopped = false
  let restMs = idleMs

  const run = async () => {
    cancel = undefined
    running = true
    poked = false
    const start = clock.monotonic()
    await flush().catch(onError)
    restMs = Math.max(idleMs, clock.monotonic() - start)
    running = false
    if (poked) schedule()
  }
  const schedule = () => {
    if (cancel || stopped) return
    cancel = clock.after(restMs, () => {
      run().catch(onError)
    })
  }
  return {
    poke: () => {
      poked = true
      if (!running) schedule()
    },
    stop: () => {
      stopped = true
      cancel?.()
    },
  }
}
