import { clientEvent, locationMessage, type Refusal, type Suggestion } from '@flux/contracts'
import type { Places } from '@flux/places'
import { type Handlers, refusal } from '../gateway/handle.ts'
import type { Tab } from '../user/tabs.ts'
import { locate } from './locate.ts'
import type { Mover } from './move.ts'

/** The refusal of a place that is not in the list. */
export const unknownPlace = (suggestions: readonly Suggestion[]): Refusal => ({
  ...refusal('unknown_place', 'This place is not known.'),
  suggestions,
})

/** Handles `userLocationUpdate`: the user is at home there, in all tabs. */
export const serveLocation = (
  handlers: Handlers,
  { places, mover, userId, tab }: { places: Places; mover: Mover; userId: string; tab: Tab },
): void => {
  handlers.on(clientEvent.location, locationMessage, async (location, reply) => {
    const located = locate(places, location)
    if ('suggestions' in located) return reply(unknownPlace(located.suggestions))
    await mover.goTo({ userId, tab, reply }, located.place)
  })
}
