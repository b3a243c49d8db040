import { messageOf } from '../errors.ts'

/** What a check found. `degraded` still serves. */
export type CheckResult =
  | { readonly state: 'ready' }
  | { readonly state: 'degraded'; readonly why: string }
  | { readonly state: 'not_ready'; readonly why: string }

/** Looks at what it has in hand; it makes no call and waits for nothing. */
export type Check = () => CheckResult

/** The body of `/readyz`. */
export interface ReadyReport {
  readonly status: CheckResult['state']
  readonly checks: Readonly<Record<string, CheckResult>>
}

const safely = (check: Check): CheckResult => {
  try {
    return check()
  } catch (error) {
    return { state: 'not_ready', why: messageOf(error) }
  }
}

const worst = (results: readonly CheckResult[]): CheckResult['state'] => {
  if (results.some((r) => r.state === 'not_ready')) return 'not_ready'
  return results.some((r) => r.state === 'degraded') ? 'degraded' : 'ready'
}

/** Runs the checks; the status is that of the worst. */
export const readyReport = (checks: ReadonlyMap<string, Check>): ReadyReport => {
  const results = [...checks].map(([name, check]) => [name, safely(check)] as const)
  return {
    status: worst(results.map(([, result]) => result)),
    checks: Object.fromEntries(results),
  }
}
