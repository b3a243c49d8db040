import { cacheKey } from '@flux/contracts'
import { type Budget, type BudgetOptions, createBudget, DeferredError } from '@flux/runtime'
import { burstMs, dayMs, type Plan, spareCredits } from './schedule.ts'

/** Every call to the provider is paid here first, whichever replica makes it. */
export interface Credits {
  /** For a call of the schedule. Throws `DeferredError` when the plan has none left. */
  scheduled(signal: AbortSignal): Promise<void>
  /** For a call outside of the schedule: also from the few that the schedule leaves, so that it can never use them up. */
  spare(signal: AbortSignal): Promise<void>
}

/** The windows are long: waiting for a free place in one of them is for the next turn. */
const take = async (budgets: readonly Budget[], signal: AbortSignal): Promise<void> => {
  for (const budget of budgets) {
    if (await budget.take(signal, { maxWaitMs: 0 })) continue
    throw new DeferredError('newsdata: no credits left for now')
  }
}

/** Makes the credits of a plan. */
export const createCredits = (
  plan: Plan,
  parts: Pick<BudgetOptions, 'cache' | 'clock' | 'random'>,
): Credits => {
  const budget = (name: string, limit: number, rest: { windowMs: number; localLimit?: number }) =>
    createBudget({ ...parts, ...rest, key: cacheKey.budget(`newsdata.${name}`), limit })
  const burst = budget('burst', plan.burstCredits, { windowMs: burstMs })
  // Without the cache the one leader still needs all that its schedule takes.
  const localLimit = plan.dailyCredits
  const day = budget('day', plan.dailyCredits, { windowMs: dayMs, localLimit })
  const left = Math.max(0, spareCredits(plan))
  const spare = budget('spare', left, { windowMs: dayMs, localLimit: Math.floor(left / 4) })
  return {
    scheduled: (signal) => take([burst, day], signal),
    spare: (signal) => take([spare, burst, day], signal),
  }
}
