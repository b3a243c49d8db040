import { useCallback, useSyncExternalStore } from 'react'
import { useClient } from './client-context.tsx'

/** How many connections are in a room over all replicas, where known. */
export const usePresence = (room: string): number | undefined => {
  const client = useClient()
  const subscribe = useCallback(
    (listener: () => void) => client.onRoom(room, listener),
    [client, room],
  )
  return useSyncExternalStore(subscribe, () => client.presence(room))
}
