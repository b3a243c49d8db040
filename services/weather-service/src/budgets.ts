import { cacheKey } from '@flux/contracts'
import { type Budget, type Cache, type Clock, createBudget, DeferredError } from '@flux/runtime'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** How long a command waits for its turn, in milliseconds. */
const maxWaitMs = 5_000

/** Partitions of the command topic, and so replicas that work: each takes its share while the cache is away. */
const shares = 3

/** What the budgets of a provider are made of. */
export interface BudgetsOptions {
  readonly provider: string
  /** HTTP calls of one place. A token is a whole place: half of its calls would be worth nothing. */
  readonly callsPerPlace: number
  readonly callsPerMinute: number
  readonly callsPerDay?: number
  readonly cache: Cache
  readonly clock: Clock
  readonly random: () => number
}

/** Pays for one place out of all budgets. Throws `DeferredError` when one of them is used up, the signal's reason. */
export type Pay = (signal: AbortSignal) => Promise<void>

/** The budgets of a provider over all replicas. */
export const createPay = (options: BudgetsOptions): Pay => {
  const { provider, callsPerPlace, callsPerDay, cache, clock, random } = options
  const budget = (name: string, calls: number, windowMs: number): Budget => {
    const limit = Math.max(1, Math.floor(calls / callsPerPlace))
    const localLimit = Math.max(1, Math.floor(limit / shares))
    const key = cacheKey.budget(name)
    return createBudget({ key, limit, localLimit, windowMs, cache, clock, random })
  }
  const minute = budget(provider, options.callsPerMinute, minuteMs)
  const day = callsPerDay === undefined ? undefined : budget(`${provider}-day`, callsPerDay, dayMs)

  return async (signal) => {
    if (!(await minute.take(signal, { maxWaitMs }))) throw new DeferredError()
    // After the minute's: a token of the day that is not used is lost until tomorrow.
    if (day && !(await day.take(signal, { maxWaitMs: 0 }))) {
      throw new DeferredError("the day's budget is used up")
    }
  }
}
