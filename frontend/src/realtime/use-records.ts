import type { Held } from '@flux/client'
import type { ChannelName, ValueByName } from '@flux/contracts'
import { useCallback, useSyncExternalStore } from 'react'
import { useClient } from './client-context.tsx'

/** The newest records of a key of an ordered channel, oldest first; the same array until they change. */
export const useRecords = <N extends ChannelName>(
  channel: N,
  key: string,
): readonly Held<ValueByName[N]>[] => {
  const client = useClient()
  const subscribe = useCallback(
    (listener: () => void) => client.onKey(channel, key, listener),
    [client, channel, key],
  )
  return useSyncExternalStore(subscribe, () => client.records(channel, key))
}
