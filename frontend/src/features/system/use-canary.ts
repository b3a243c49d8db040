import { useClient } from '../../realtime/client-context.tsx'
import { useTime } from '../../ui/now.tsx'
import { lostWords } from './browser-words.ts'
import { completenessOf } from './completeness.ts'

/** What is missing of the canaries of the last minutes, in words; looked at once a second. */
export const useLostWords = (): string => {
  const client = useClient()
  return useTime(() =>
    lostWords(
      completenessOf(client.records('platform.canary', 'canary').map(({ value }) => value.seq)),
    ),
  )
}
