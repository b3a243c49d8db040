import type { ChannelName } from '@flux/contracts'
import { useCallback, useSyncExternalStore } from 'react'
import { useClient } from './client-context.tsx'

/** The keys of a channel that have a value; renders again only when the set changes. */
export const useKeys = (channel: ChannelName): readonly string[] => {
  const client = useClient()
  const subscribe = useCallback(
    (listener: () => void) => client.onKeys(channel, listener),
    [client, channel],
  )
  return useSyncExternalStore(subscribe, () => client.keys(channel))
}
