import type { Held } from '@flux/client'
import type { ChannelName, ValueByName } from '@flux/contracts'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { useClient } from './client-context.tsx'
import { steady } from './steady.ts'

/** The newest values of several keys, those without one left out; the same array until one of them changes. */
export const useValues = <N extends ChannelName>(
  channel: N,
  keys: readonly string[],
): readonly Held<ValueByName[N]>[] => {
  const client = useClient()
  const subscribe = useCallback(
    (listener: () => void) => {
      const leave = keys.map((key) => client.onKey(channel, key, listener))
      return () => {
        for (const stop of leave) stop()
      }
    },
    [client, channel, keys],
  )
  const read = useMemo(
    () => steady(() => keys.flatMap((key) => client.read(channel, key) ?? [])),
    [client, channel, keys],
  )
  return useSyncExternalStore(subscribe, read)
}
