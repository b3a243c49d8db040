import { place } from '@flux/contracts'
import { useEffect } from 'react'
import { useClient } from '../../realtime/client-context.tsx'
import { useHome } from '../../realtime/use-home.ts'
import { usePhase } from '../../realtime/use-status.ts'

/** The first place of an answer of `/api/v1/places`; `undefined` where there is none. */
const firstPlaceIn = (answer: unknown): ReturnType<typeof place.parse> | undefined => {
  const places: unknown = Reflect.get(Object(answer), 'places')
  return Array.isArray(places) ? place.safeParse(places[0]).data : undefined
}

const largestOfZone = async (zone: string, signal: AbortSignal) => {
  const answer = await fetch(`/api/v1/places?zone=${encodeURIComponent(zone)}`, { signal })
  if (!answer.ok) throw new Error(`/api/v1/places answers ${answer.status}`)
  return firstPlaceIn(await answer.json())
}

/**
 * Guesses a home for who has none yet: the largest city of the browser's time zone, which tells no third party anything;
 * none where the zone has no city, as UTC. Who has chosen a home, or chosen to have none, is left alone.
 */
export const useFirstPlace = (): void => {
  const client = useClient()
  const live = usePhase() === 'live'
  const unknown = useHome() === undefined
  useEffect(() => {
    if (!live || !unknown) return
    const asking = new AbortController()
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    largestOfZone(timeZone, asking.signal)
      .then((found) => {
        if (client.user('home') === undefined) client.setUser('home', found ?? null)
      })
      // Without an answer there is no guess; the user searches.
      .catch(() => undefined)
    return () => asking.abort()
  }, [client, live, unknown])
}
