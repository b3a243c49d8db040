import type { Held } from '@flux/client'
import type { ChannelName, ValueByName } from '@flux/contracts'
import { useCallback, useSyncExternalStore } from 'react'
import { useWhileSeen } from '../ui/seen.tsx'
import { useClient } from './client-context.tsx'

/** The newest value of a key, or `undefined` while there is none; renders again only when that key changes. */
export const useValue = <N extends ChannelName>(
  channel: N,
  key: string,
): Held<ValueByName[N]> | undefined => {
  const client = useClient()
  const subscribe = useCallback(
    (listener: () => void) => client.onKey(channel, key, listener),
    [client, channel, key],
  )
  return useSyncExternalStore(useWhileSeen(subscribe), () => client.read(channel, key))
}
