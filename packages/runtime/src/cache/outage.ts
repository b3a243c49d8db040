import type { Clock } from '../clock.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../telemetry/log.ts'

/** Whether a server answers, with one log line when it stops and one when it is back. */
export interface Outage {
  failed(error: unknown): void
  answered(): void
  healthy(): boolean
}

/** What a server says to wrong credentials, and to a command that its user may not use. */
const refusal = /^(?:WRONGPASS|NOAUTH|NOPERM)\b/

/** Makes the state of a server that answers until something else is said; `what` names it in the log. */
export const createOutage = (what: string, log: Log, clock: Clock): Outage => {
  let since: number | undefined
  const refusals = new Set<string>()
  const refused = (reason: string) => {
    if (refusals.has(reason)) return
    refusals.add(reason)
    log.warn({ reason }, `${what} refuses; look at its user, password and rules`)
  }
  return {
    failed: (error) => {
      // The message alone: the error's other fields can hold the command with its arguments, a password among them.
      const reason = messageOf(error)
      if (refusal.test(reason)) refused(reason)
      // Whoever refuses a command answers: the others go on.
      if (since !== undefined || reason.startsWith('NOPERM')) return
      since = clock.monotonic()
      log.warn({ reason }, `${what} does not answer`)
    },
    answered: () => {
      if (since === undefined) return
      const awayMs = Math.round(clock.monotonic() - since)
      since = undefined
      refusals.clear()
      log.info({ awayMs }, `${what} answers again`)
    },
    healthy: () => since === undefined,
  }
}
