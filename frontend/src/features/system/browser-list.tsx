import type { Counters } from '@flux/client'
import { useClient } from '../../realtime/client-context.tsx'
import { useStatus } from '../../realtime/use-status.ts'
import { useTime } from '../../ui/now.tsx'
import { counts, phaseWords, returnWords } from './browser-words.ts'
import { useMeasured } from './measures-context.tsx'
import { useLostWords } from './use-canary.ts'
import { formatCount, formatRate } from './words.ts'

/** What is added to this clock to get the server's. */
const offsetOf = (ms: number): string => `${ms < 0 ? '−' : '+'}${formatCount(Math.abs(ms))} ms`

const Line = ({ name, words }: { name: string; words: string }) => (
  <div className="flex min-h-8 items-center justify-between gap-4 border-b border-line">
    <dt className="text-muted">{name}</dt>
    <dd className="text-right">{words}</dd>
  </div>
)

const StatusLines = () => {
  const status = useStatus()
  return (
    <>
      <Line name="Connection" words={phaseWords(status)} />
      <Line name="Last return" words={returnWords(status)} />
      <Line name="Clock offset" words={offsetOf(status.clockOffsetMs)} />
    </>
  )
}

const CountLine = ({ name, of }: { name: string; of: (counters: Counters) => number }) => {
  const client = useClient()
  const count = useTime(() => of(client.counters()))
  return <Line name={name} words={formatCount(count)} />
}

const ArrivingLine = () => {
  const arriving = useMeasured((measured) => formatRate(measured.arriving))
  return <Line name="Records arriving" words={arriving} />
}

const LostLine = () => <Line name="Completeness" words={useLostWords()} />

/** What this browser has received, recovered and lost since the page was opened. */
export const BrowserList = () => (
  <div className="min-w-0">
    <h3 className="mb-1 text-13 font-semibold">This browser</h3>
    <dl className="grid grid-cols-1 gap-x-8 text-12 @2xl:grid-cols-2">
      <StatusLines />
      <ArrivingLine />
      <LostLine />
      {counts.map(({ name, of }) => (
        <CountLine key={name} name={name} of={of} />
      ))}
    </dl>
  </div>
)
