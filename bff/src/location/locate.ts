import { type Place, place, type Suggestion } from '@flux/contracts'
import type { FoundPlace, Places } from '@flux/places'

/** A place as somebody names it. */
export type Location =
  | { readonly placeId: string }
  | { readonly city: string; readonly country?: string | undefined }
  | { readonly lat: number; readonly lon: number }

/** What a location was understood as: a canonical place, or at most five that may have been meant. */
export type Located = { readonly place: Place } | { readonly suggestions: readonly Suggestion[] }

const suggestionOf = ({ id, name, country, region }: FoundPlace): Suggestion => ({
  ...{ id, name, country, region },
})

const found = (places: Places, location: Location): FoundPlace | undefined => {
  if ('placeId' in location) return places.findPlace(location.placeId)
  if ('city' in location) return places.resolvePlace(location.city, location.country)
  return places.nearestPlace(location.lat, location.lon)
}

const meant = (places: Places, location: Location): readonly FoundPlace[] => {
  if ('placeId' in location) return places.suggestPlaces(location.placeId.replaceAll('-', ' '))
  return 'city' in location ? places.suggestPlaces(location.city, location.country) : []
}

/** The canonical place of a location; coordinates always have one. */
export const locate = (places: Places, location: Location): Located => {
  const known = found(places, location)
  // Without region and population: what records carry.
  if (known) return { place: place.parse(known) }
  return { suggestions: meant(places, location).map(suggestionOf) }
}
