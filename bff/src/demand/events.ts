import { commands } from '@flux/contracts'
import type { Log, Metrics } from '@flux/runtime'
import { type Reason, reasons } from './asks.ts'

const suppressions = ['window', 'limit'] as const

/** What becomes of demand: one function, one metric, at most one line. */
export interface DemandEvents {
  sent(command: string, reason: Reason): void
  /** `window`: another replica asked already. `limit`: the user or the address asked for too many new rooms. */
  suppressed(command: string, why: (typeof suppressions)[number]): void
  /** It is kept and tried again; logged once until one is sent. */
  failed(command: string, error: unknown): void
}

/** Registers the metrics of demand. */
export const createDemandEvents = (log: Log, metrics: Metrics): DemandEvents => {
  const names = commands.map((command) => command.name)
  const sent = metrics.counter({
    name: 'flux_demand_commands_total',
    help: 'Commands sent because an occupied room had no value or an old one.',
    labels: ['command', 'reason'],
    series: names.flatMap((command) => reasons.map((reason) => ({ command, reason }))),
  })
  const suppressed = metrics.counter({
    name: 'flux_demand_suppressed_total',
    help: 'Commands not sent: another replica asked within the window, or new rooms were over their limit.',
    labels: ['command', 'why'],
    series: names.flatMap((command) => suppressions.map((why) => ({ command, why }))),
  })
  let isFailing = false
  return {
    sent: (command, reason) => {
      isFailing = false
      sent.inc({ command, reason })
    },
    suppressed: (command, why) => suppressed.inc({ command, why }),
    failed: (command, err) => {
      if (!isFailing) log.warn({ command, err }, 'a command could not be sent: it is kept')
      isFailing = true
    },
  }
}
