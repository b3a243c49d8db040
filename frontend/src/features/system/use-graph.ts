import { channels } from '@flux/contracts'
import { useEffect, useMemo, useState } from 'react'
import { useClient } from '../../realtime/client-context.tsx'
import { useKeys } from '../../realtime/use-keys.ts'
import { usePhase } from '../../realtime/use-status.ts'
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

/** The replicas that are heard of; while there is no connection those that were. */
const useReplicas = (): readonly string[] => {
  const live = usePhase() === 'live'
  const heard = useKeys('platform.stats')
  const [last, setLast] = useState(heard)
  if (live && heard !== last) setLast(heard)
  return live ? heard : last
}

/** What there is to draw; the same object until something comes or goes. */
export const useGraph = (): Graph => {
  const sources = useKeys('platform.sources')
  const replicas = useReplicas()
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
