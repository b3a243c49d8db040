import { useClient } from '../../realtime/client-context.tsx'
import { useStatus } from '../../realtime/use-status.ts'
import { useTime } from '../../ui/now.tsx'
import { phaseWords } from './browser-words.ts'
import { useMeasured } from './measures-context.tsx'
import { providersWords } from './source-words.ts'
import { totalOf } from './stages.ts'
import { useLostWords } from './use-canary.ts'
import { formatMs } from './words.ts'

/** How many of the providers are well; looked at once a second. */
const useProvidersWords = (): string => {
  const client = useClient()
  return useTime(() =>
    providersWords(
      client
        .keys('platform.sources')
        .flatMap((key) => client.read('platform.sources', key)?.value ?? []),
    ),
  )
}

const useTotalWords = (): string =>
  useMeasured(({ legs }) => {
    const total = totalOf(legs)
    return total ? `${formatMs(total.ms)} from ${total.from} to screen` : ''
  })

/** The state of the platform in a line, before anything is drawn. */
export const Summary = () => {
  const parts = [phaseWords(useStatus()), useProvidersWords(), useTotalWords(), useLostWords()]
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-13">
      {parts
        .filter((part) => part !== '')
        .map((part, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts never change places
          <li key={i} className={i === 0 ? 'font-medium' : 'text-muted'}>
            {part}
          </li>
        ))}
    </ul>
  )
}
