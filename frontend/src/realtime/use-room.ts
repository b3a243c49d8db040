import type { RoomState } from '@flux/client'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { useClient } from './client-context.tsx'

/** How far a room has come that somebody else wants. */
export const useRoomState = (room: string): RoomState => {
  const client = useClient()
  const subscribe = useCallback(
    (listener: () => void) => client.onRoom(room, listener),
    [client, room],
  )
  return useSyncExternalStore(subscribe, () => client.room(room))
}

/** Wants a room for as long as the component is there, and tells how far it has come. */
export const useRoom = (room: string): RoomState => {
  const client = useClient()
  useEffect(() => client.want(room), [client, room])
  return useRoomState(room)
}
