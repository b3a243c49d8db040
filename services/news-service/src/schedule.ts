/** A day in milliseconds: the window of the daily credits. */
export const dayMs = 86_400_000

/** The window of the plan's second limit, in milliseconds. */
export const burstMs = 900_000

/** What a plan allows and what is planned on it. */
export interface Plan {
  /** Milliseconds between two scheduled calls. */
  readonly everyMs: number
  /** Calls allowed in any 24 hours. */
  readonly dailyCredits: number
  /** Calls allowed in any 15 minutes. */
  readonly burstCredits: number
}

/** Scheduled calls in a span of time, rounded up. */
const callsIn = (spanMs: number, everyMs: number): number => Math.ceil(spanMs / everyMs)

/**
 * Credits of a day that the schedule leaves for calls outside of it (commands, categories that have no stories yet).
 * One call every 8 minutes is 180 a day: of 200 credits 20 are left. Negative when the schedule itself is too much.
 */
export const spareCredits = ({ everyMs, dailyCredits }: Plan): number =>
  dailyCredits - callsIn(dayMs, everyMs)

/** What is wrong with a plan, a line for each fault. */
export const planFaults = (plan: Plan): string[] => {
  const seconds = plan.everyMs / 1_000
  const faults: string[] = []
  const check = (what: string, spanMs: number, allowed: number, env: string) => {
    const calls = callsIn(spanMs, plan.everyMs)
    if (calls <= allowed) return
    faults.push(
      `NEWS_EVERY_SECONDS is ${seconds}: ${calls} calls in ${what} are more than ${env} allows (${allowed})`,
    )
  }
  check('24 hours', dayMs, plan.dailyCredits, 'NEWSDATA_DAILY_CREDITS')
  check('15 minutes', burstMs, plan.burstCredits, 'NEWSDATA_BURST_CREDITS')
  return faults
}

/** Milliseconds until the next scheduled call after the one at `last` (epoch); a clock that was set back waits a period. */
export const dueIn = (last: number | undefined, now: number, everyMs: number): number =>
  last === undefined ? 0 : Math.min(everyMs, Math.max(0, last + everyMs - now))
