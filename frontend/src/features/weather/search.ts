import { type PlaceDetails, placeDetails } from '@flux/contracts'
import { useEffect, useState } from 'react'
import { useDebounced } from '../../ui/use-debounced.ts'

const waitMs = 150
const most = 6

/** The places of an answer of `/api/v1/places`; what is no place is left out. */
export const placesIn = (answer: unknown): readonly PlaceDetails[] => {
  const all: unknown = Reflect.get(Object(answer), 'places')
  return Array.isArray(all) ? all.flatMap((one) => placeDetails.safeParse(one).data ?? []) : []
}

/** What a search has come to. */
export interface Found {
  /** The text that was searched for. */
  readonly text: string
  readonly places: readonly PlaceDetails[]
  /** No answer came. */
  readonly failed: boolean
}

const nothing: Found = { text: '', places: [], failed: false }

const ask = async (text: string, signal: AbortSignal): Promise<Found> => {
  const answer = await fetch(`/api/v1/places?q=${encodeURIComponent(text)}&limit=${most}`, {
    signal,
  })
  if (!answer.ok) return { text, places: [], failed: true }
  return { text, places: placesIn(await answer.json()), failed: false }
}

/** The places for what is typed so far; the last answer stays until the next one comes. */
export const usePlaceSearch = (typed: string): Found => {
  const text = useDebounced(typed.trim(), waitMs)
  const [found, setFound] = useState(nothing)
  useEffect(() => {
    if (text === '') return setFound(nothing)
    const asking = new AbortController()
    ask(text, asking.signal)
      .then(setFound)
      .catch(() => {
        if (!asking.signal.aborted) setFound({ text, places: [], failed: true })
      })
    return () => asking.abort()
  }, [text])
  return found
}
