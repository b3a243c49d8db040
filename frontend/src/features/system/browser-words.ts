import type { ClientStatus, Counters } from '@flux/client'
import { formatMinute } from '../../ui/format.ts'
import type { Completeness } from './completeness.ts'
import { formatCount } from './words.ts'

const phases: Readonly<Record<ClientStatus['phase'], string>> = {
  connecting: 'Connecting',
  session: 'Connecting',
  live: 'Live',
  offline: 'Offline',
  recovering: 'Recovering',
}

/** The connection's state, and the replica that it is with. */
export const phaseWords = ({ phase, replica }: ClientStatus): string =>
  phase === 'live' && replica !== undefined ? `Live on ${replica}` : phases[phase]

/** What is missing of the canaries. */
export const lostWords = ({ sent, lost }: Completeness): string => {
  if (sent === 0) return 'no canary yet'
  return `${lost === 0 ? 'none' : formatCount(lost)} of ${formatCount(sent)} canaries lost`
}

/** What came back after the last interruption. */
export const returnWords = ({ lastResume }: ClientStatus): string => {
  if (!lastResume) return 'no interruption so far'
  const { at, outcome, caughtUp } = lastResume
  const what = {
    recovered: `${formatCount(caughtUp)} caught up`,
    snapshot: 'newest values, a gap',
    reset: 'started afresh',
  }
  return `back at ${formatMinute(at)}, ${what[outcome]}`
}

/** What this browser counts from the opening of the page on. */
export const counts: readonly {
  readonly name: string
  of(counters: Counters): number
}[] = [
  { name: 'Records taken in', of: ({ accepted }) => accepted },
  { name: 'Channels recovered without a gap', of: ({ outcomes }) => outcomes.recovered },
  { name: 'Channels begun from newest values', of: ({ outcomes }) => outcomes.snapshot },
  { name: 'Channels reset by another log', of: ({ outcomes }) => outcomes.reset },
  { name: 'Older than what was here, dropped', of: ({ olderDropped }) => olderDropped },
  { name: 'Here already, dropped', of: ({ duplicateDropped }) => duplicateDropped },
  { name: 'Not understood', of: ({ malformed }) => malformed },
  { name: 'Sessions', of: ({ sessions }) => sessions },
]
