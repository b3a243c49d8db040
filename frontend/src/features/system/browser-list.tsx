import { useClient } from '../../realtime/client-context.tsx'
import { useStatus } from '../../realtime/use-status.ts'
import { useTime } from '../../ui/now.tsx'
import { countsOf, phaseWords, returnWords } from './browser-words.ts'
import { useMeasured } from './measures-context.tsx'
import { useLostWords } from './use-canary.ts'
import { formatCount, formatRate } from './words.ts'

/** What is added to this clock to get the server's. */
const offsetOf = (ms: number): string => `${ms < 0 ? '−' : '+'}${formatCount(Math.abs(ms))} ms`

const useCounts = () => {
  const client = useClient()
  // The counters are changed in place; their text tells when.
  useTime(() => countsOf(client.counters()).join())
  return countsOf(client.counters()).map(([name, count]) => [name, formatCount(count)] as const)
}

/** What this browser has received, recovered and lost since the page was opened. */
export const BrowserList = () => {
  const status = useStatus()
  const counts = useCounts()
  const lost = useLostWords()
  const arriving = useMeasured((measured) => formatRate(measured.arriving))
  const rows = [
    ['Connection', phaseWords(status)],
    ['Records arriving', arriving],
    ['Completeness', lost],
    ['Last return', returnWords(status)],
    ['Clock offset', offsetOf(status.clockOffsetMs)],
    ...counts,
  ] as const
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-13 font-semibold">This browser</h3>
      <dl className="grid grid-cols-1 gap-x-8 text-12 @2xl:grid-cols-2">
        {rows.map(([name, words]) => (
          <div
            key={name}
            className="flex min-h-8 items-center justify-between gap-4 border-b border-line"
          >
            <dt className="text-muted">{name}</dt>
            <dd className="text-right">{words}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
