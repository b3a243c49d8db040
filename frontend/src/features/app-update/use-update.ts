import { useEffect, useRef, useState } from 'react'
import { useNow } from '../../ui/now.tsx'
import { followUpdates, type Update, type Updates } from './follow.ts'

const checkMs = 3_600_000

/** The build that this page is of; `undefined` where it was not built. */
const pageVersion = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[name="flux-build"]')?.content

/** Follows newer builds of the page, looked for once an hour. */
export const useUpdate = (): readonly [Update, accept: () => void] => {
  const [update, setUpdate] = useState<Update>('none')
  const updates = useRef<Updates>(undefined)
  const hour = useNow(checkMs)
  useEffect(() => {
    const version = pageVersion()
    if (version === undefined || !('serviceWorker' in navigator)) return
    const following = new AbortController()
    updates.current = followUpdates({
      ...{ version, workers: navigator.serviceWorker, signal: following.signal },
      changed: setUpdate,
      reload: () => location.reload(),
    })
    return () => following.abort()
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the hour is when it is looked for
  useEffect(() => updates.current?.check(), [hour])
  return [update, () => updates.current?.accept()]
}
