import type { ClientClock } from '../clock.ts'

/** A clock that a test turns by hand. */
export interface ManualClock extends ClientClock {
  /** Lets so many milliseconds pass; what falls due is done in order, at its time. */
  advance(ms: number): void
  /** Sets the wall clock without any time passing. */
  setWall(now: number): void
  /** Timers that are waiting. */
  pending(): number
}

interface Timer {
  due: number
  readonly every: number | undefined
  readonly fn: () => void
}

/** A clock that stands at `start` (epoch milliseconds). */
export const createManualClock = (start = 1_700_000_000_000): ManualClock => {
  const timers = new Set<Timer>()
  let passed = 0
  let wall = start

  const add = (ms: number, fn: () => void, every?: number) => {
    const timer: Timer = { due: passed + ms, every, fn }
    timers.add(timer)
    return () => {
      timers.delete(timer)
    }
  }
  const nextDue = (until: number): Timer | undefined =>
    [...timers].filter((one) => one.due <= until).sort((a, b) => a.due - b.due)[0]
  const pass = (to: number) => {
    wall += to - passed
    passed = to
  }
  return {
    now: () => wall,
    monotonic: () => passed,
    after: (ms, fn) => add(ms, fn),
    every: (ms, fn) => add(ms, fn, ms),
    advance(ms) {
      const until = passed + ms
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        pass(Math.max(passed, timer.due))
        if (timer.every === undefined) timers.delete(timer)
        else timer.due += timer.every
        timer.fn()
      }
      pass(until)
    },
    setWall(now) {
      wall = now
    },
    pending: () => timers.size,
  }
}
