import { channels } from '@flux/contracts'
import { useEffect, useMemo } from 'react'
import { useClient } from '../../realtime/client-context.tsx'
import { useKeys } from '../../realtime/use-keys.ts'
import { useTime } from '../../ui/now.tsx'
import { type Graph, servicesOf, wholeRooms } from './graph.ts'

const whole = wholeRooms(channels)

/** Wants the rooms that show whole channels: what comes there is what the view measures on. */
export const useWholeRooms = (): void => {
  const client = useClient()
  useEffect(() => {
    const releases = whole.map((room) => client.want(room))
    return () => {
      for (const release of releases) release()
    }
  }, [client])
}

/** The rooms that are open here: those of the view, then the others of the page. */
const useRooms = (): string => {
  const client = useClient()
  return useTime(() => {
    const known = Object.keys(client.cursor()).filter((room) => client.room(room) === 'live')
    return [...new Set([...whole, ...known.toSorted()])].join(' ')
  })
}

/** What there is to draw; the same object until something comes or goes. */
export const useGraph = (): Graph => {
  const sources = useKeys('platform.sources')
  const replicas = useKeys('platform.stats')
  const rooms = useRooms()
  return useMemo(
    () => ({
      services: servicesOf(channels, sources),
      replicas: replicas.toSorted(),
      rooms: rooms.split(' '),
    }),
    [sources, replicas, rooms],
  )
}
