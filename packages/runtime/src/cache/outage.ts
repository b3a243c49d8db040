import type { Clock } from '../clock.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../telemetry/log.ts'

/** Whether a server answers, with one log line when it stops and one when it is back. */
export interface Outage {
  failed(error: unknown): void
  answered(): void
  healthy(): boolean
}

/** Makes the state of a server that answers until something else is said; `what` names it in the log. */
export const createOutage = (what: string, log: Log, clock: Clock): Outage => {
  let since: number | undefined
  return {
    failed: (error) => {
      if (since !== undefined) return
      since = clock.monotonic()
      // The message alone: the error's other fields can hold the command with its arguments, a password among them.
      log.warn({ reason: messageOf(error) }, `${what} does not answer`)
    },
    answered: () => {
      if (since === undefined) return
      const awayMs = Math.round(clock.monotonic() - since)
      since = undefined
      log.info({ awayMs }, `${what} answers again`)
    },
    healthy: () => since === undefined,
  }
}
