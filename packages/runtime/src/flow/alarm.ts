import type { Cancel, Clock } from '../clock.ts'

/** One timer for the earliest of many moments. */
export interface Alarm {
  /** Rings at `at` (monotonic milliseconds, infinity: never) unless it rings earlier anyway. */
  set(at: number): void
  /** Forgets the moment that is set. */
  cancel(): void
}

/** Makes an alarm that calls `onTime` once for the earliest moment set since it last rang. */
export const createAlarm = (clock: Clock, onTime: () => void): Alarm => {
  let timer: { readonly at: number; readonly cancel: Cancel } | undefined
  const cancel = () => {
    timer?.cancel()
    timer = undefined
  }
  const ring = () => {
    timer = undefined
    onTime()
  }
  return {
    set: (at) => {
      if (at === Number.POSITIVE_INFINITY || (timer && timer.at <= at)) return
      cancel()
      timer = { at, cancel: clock.after(Math.max(0, at - clock.monotonic()), ring) }
    },
    cancel,
  }
}
