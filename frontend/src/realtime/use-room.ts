import type { RoomState } from '@flux/client'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { useClient } from './client-context.tsx'

/** How far a room has come that somebody else wants; no room is always waited for. */
export const useRoomState = (room: string | undefined): RoomState => {
  const client = useClient()
  const subscribe = useCallback(
    (listener: () => void) =>
      room === undefined ? () => undefined : client.onRoom(room, listener),
    [client, room],
  )
  return useSyncExternalStore(subscribe, () => (room === undefined ? 'waiting' : client.room(room)))
}

/** Wants a room, where one is named, for as long as the component is there, and tells how far it has come. */
export const useRoom = (room: string | undefined): RoomState => {
  const client = useClient()
  useEffect(() => (room === undefined ? undefined : client.want(room)), [client, room])
  return useRoomState(room)
}
