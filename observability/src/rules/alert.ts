import type { Source } from '../query.ts'

/** Series for a test of promtool, in its notation (`0+1x10`), by selector, and when to look. */
export interface Case {
  readonly series: Readonly<Record<string, string>>
  /** Time after the start: `10m`. */
  readonly at: string
}

/** A case in which the alert fires, with the labels that it then has beside its name and severity. */
interface FiringCase extends Case {
  readonly labels: Readonly<Record<string, string>>
}

/** What somebody does whom the alert has woken. A step that is a command stands in backticks. */
interface Runbook {
  /** What users notice, and why it happens. */
  readonly means: string
  readonly look: readonly string[]
  readonly act: readonly string[]
  /** How to see that it is over. */
  readonly over: string
}

/** `critical` wakes somebody, `warning` is a ticket, `info` is to be known. */
export type Severity = 'critical' | 'warning' | 'info'

/** An alert with everything that belongs to it. */
export interface Alert {
  readonly name: `Flux${string}`
  readonly severity: Severity
  readonly source: Source
  readonly expr: string
  /** For how long the condition has to hold: `5m`. */
  readonly for: string
  readonly summary: string
  /** With the labels and value of the series, in Prometheus's templates. */
  readonly description: string
  readonly runbook: Runbook
  readonly fires: FiringCase
  readonly silent: Case
  /** One for each other way in which it may fire. */
  readonly alsoFires?: readonly FiringCase[]
  /** One for each other condition that may keep it silent: without any of them a case has to fail. */
  readonly alsoSilent?: readonly Case[]
}

/** The file of an alert's runbook: `provider-down.md`. */
export const runbookFile = ({ name }: Pick<Alert, 'name'>): string =>
  `${name
    .slice('Flux'.length)
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase()}.md`
