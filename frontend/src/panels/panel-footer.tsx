import type { ReactNode } from 'react'
import { Chip } from '../ui/chip.tsx'
import { formatTime } from '../ui/format.ts'
import type { FooterFacts } from './use-feed.ts'

const simulatedWords = 'These values are made by the sandbox, not by the world.'
const staleWords = 'The newest value is older than it should be. It stays until a newer one comes.'

interface FooterProps {
  readonly facts: FooterFacts
  /** Instead of the providers' names: with a link, where a licence asks for one. */
  readonly source?: ReactNode
}

/** Source, time, age and condition of a panel's data. */
export const PanelFooter = ({ facts, source }: FooterProps) => (
  <>
    <span>
      <span className="@max-sm:sr-only">Source: </span>
      {source ?? facts.sources}
    </span>
    {facts.asOf > 0 && (
      <span>
        as of {formatTime(facts.asOf)}
        {facts.age && `, ${facts.age} old`}
      </span>
    )}
    {facts.trouble && <span className="text-warn">{facts.trouble}</span>}
    {(facts.stale || facts.simulated) && (
      <span className="ml-auto inline-flex gap-1.5">
        {facts.stale && <Chip label="stale" words={staleWords} />}
        {facts.simulated && <Chip label="simulated" words={simulatedWords} />}
      </span>
    )}
  </>
)
