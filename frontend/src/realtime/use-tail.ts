import type { ValueByName } from '@flux/contracts'
import { useCallback, useSyncExternalStore } from 'react'
import { useClient } from './client-context.tsx'
import { usePhase, useReplica } from './use-status.ts'

/** What the tail of a replica does. */
export type Tail = ValueByName['platform.stats']['tail']

/** What the tail of our own replica does, as far as it is known; needs the room `platform.global`. */
export const useTail = (): Tail | undefined => {
  const client = useClient()
  const replica = useReplica() ?? ''
  const subscribe = useCallback(
    (listener: () => void) => client.onKey('platform.stats', replica, listener),
    [client, replica],
  )
  return useSyncExternalStore(subscribe, () => client.read('platform.stats', replica)?.value.tail)
}

/** True when values cannot be new: no connection, or a server that hears nothing itself. */
export const useFeedIsSilent = (): boolean => {
  const phase = usePhase()
  const tail = useTail()
  return phase === 'offline' || phase === 'recovering' || (tail !== undefined && tail !== 'live')
}
