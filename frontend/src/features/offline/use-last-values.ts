import { useCallback, useEffect, useRef } from 'react'
import { useClient } from '../../realtime/client-context.tsx'
import { useNow, useReadNow } from '../../ui/now.tsx'
import { loadText, saveText } from '../../ui/storage.ts'
import { keptText, restorable } from './kept.ts'

const key = 'flux.last'
const everyMs = 10_000

/** Shows the last visit's values until newer ones come, and keeps the newest for the next visit. */
export const useLastValues = (): void => {
  const client = useClient()
  const readNow = useReadNow()
  const beat = useNow(everyMs)
  const savedAt = useRef(0)
  const save = useCallback(() => {
    const { accepted } = client.counters()
    if (accepted === savedAt.current) return
    savedAt.current = accepted
    saveText(key, keptText(client, loadText(key), readNow()))
  }, [client, readNow])

  useEffect(() => client.restore(restorable(loadText(key))), [client])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the beat is what it is saved on
  useEffect(save, [save, beat])
  useEffect(() => {
    const saveHidden = () => {
      if (document.hidden) save()
    }
    const listening = new AbortController()
    const { signal } = listening
    window.addEventListener('pagehide', save, { signal })
    document.addEventListener('visibilitychange', saveHidden, { signal })
    return () => listening.abort()
  }, [save])
}
