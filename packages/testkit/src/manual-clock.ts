import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '@flux/runtime'

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves on by `ms`, timer by timer in order, and lets what each one set off run before the next. */
  advance(ms: number): Promise<void>
  /** Lets promises and I/O that are ready run; time stands still. */
  settle(): Promise<void>
  /** Moves the wall clock alone, as a time server does. */
  jump(ms: number): void
  /** Timers that are set. */
  pending(): number
}

interface Timer {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/** Some turns of the event loop: enough for chains of promises with a turn of I/O in them. */
const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 3; turns += 1) await turn()
}

const earlier = (a: Timer, b: Timer) => a.at - b.at || a.order - b.order

/** Makes a clock that shows `start` (epoch milliseconds). */
export const manualClock = (start = 1_700_000_000_000): ManualClock => {
  const timers = new Set<Timer>()
  let elapsed = 0
  let wall = start
  let made = 0

  const add = (ms: number, run: () => void) => {
    made += 1
    // As with real timers nothing fires in the same instant, so a loop of zero waits cannot hang `advance`.
    const timer: Timer = { at: elapsed + Math.max(ms, 0.001), order: made, run }
    timers.add(timer)
    return () => void timers.delete(timer)
  }

  const moveTo = (at: number) => {
    wall += at - elapsed
    elapsed = at
  }

  const every = (ms: number, fn: () => void) => {
    let cancelled = false
    let cancel = () => {}
    const next = () => {
      cancel = add(ms, () => {
        fn()
        if (!cancelled) next()
      })
    }
    next()
    return () => {
      cancelled = true
      cancel()
    }
  }

  return {
    now: () => wall,
    monotonic: () => elapsed,
    after: add,
    every,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const onAbort = () => {
          cancel()
          reject(signal?.reason)
        }
        const cancel = add(ms, () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        })
        signal?.addEventListener('abort', onAbort, { once: true })
      }),
    advance: async (ms) => {
      const target = elapsed + ms
      await settle()
      while (true) {
        const [due] = [...timers].filter((timer) => timer.at <= target).sort(earlier)
        if (!due) break
        timers.delete(due)
        moveTo(due.at)
        due.run()
        await settle()
      }
      moveTo(target)
    },
    settle,
    jump: (ms) => {
      wall += ms
    },
    pending: () => timers.size,
  }
}
