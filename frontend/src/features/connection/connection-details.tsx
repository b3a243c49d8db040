import type { ClientStatus } from '@flux/client'
import { formatTime, unknown } from '../../ui/format.ts'
import { resumeWords } from './model.ts'
import { offsetWords } from './offset.ts'

const lastResume = (resume: ClientStatus['lastResume']): string =>
  resume ? `${formatTime(resume.at)}, ${resumeWords(resume)}` : 'none yet'

const rowsOf = (status: ClientStatus): readonly (readonly [string, string])[] => [
  ['Replica', status.replica ?? unknown],
  ['Session', status.userId ?? unknown],
  ['Log', status.epoch ?? unknown],
  ['Since', formatTime(status.since)],
  ['Latency', status.latencyMs === undefined ? unknown : `${Math.round(status.latencyMs)} ms`],
  ['Clock offset', offsetWords(status.clockOffsetMs)],
  ['Last return', lastResume(status.lastResume)],
  ...(status.refusal ? [['Refused', status.refusal] as const] : []),
]

/** What is behind the pill: replica, session, log, latency, clock and the last return. */
export const ConnectionDetails = ({ status }: { status: ClientStatus }) => (
  <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-12">
    {rowsOf(status).map(([term, words]) => (
      <div key={term} className="contents">
        <dt className="text-muted">{term}</dt>
        <dd className="wrap-anywhere text-right">{words}</dd>
      </div>
    ))}
  </dl>
)
