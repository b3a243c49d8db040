import type { ValueByName } from '@flux/contracts'
import { useCallback, useSyncExternalStore } from 'react'
import { useClient } from './client-context.tsx'
import { useRoomState } from './use-room.ts'
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

/**
 * True when a room's values cannot be new: there is no connection, or the server hears nothing itself, or they are of an
 * earlier visit, since the room has not come yet in this one.
 */
export const useFeedIsSilent = (room: string | undefined): boolean => {
  const phase = usePhase()
  const isLive = useRoomState(room) === 'live'
  const tail = useTail()
  if (phase === 'offline' || phase === 'recovering') return true
  return (phase !== 'live' && !isLive) || (tail !== undefined && tail !== 'live')
}
