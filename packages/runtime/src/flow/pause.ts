import type { Clock } from '../clock.ts'

/** Sleeps `ms` milliseconds; resolves to false at once when the signal is aborted, never throws. */
export const pause = async (ms: number, clock: Clock, signal: AbortSignal): Promise<boolean> => {
  await clock.sleep(ms, signal).catch(() => undefined)
  return !signal.aborted
}
