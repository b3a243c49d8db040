import type { Samples } from '@flux/client'
import type { ChannelName } from '@flux/contracts'
import { useCallback, useSyncExternalStore } from 'react'
import { useWhileSeen } from '../ui/seen.tsx'
import { useClient } from './client-context.tsx'

/** The sampled history of a key, with its live values added by the channel's rule. */
export const useSamples = (channel: ChannelName, key: string): Samples => {
  const client = useClient()
  const subscribe = useCallback(
    (listener: () => void) => client.onKey(channel, key, listener),
    [client, channel, key],
  )
  return useSyncExternalStore(useWhileSeen(subscribe), () => client.samples(channel, key))
}
