import type { Place } from '@flux/contracts'
import { userLimits } from '@flux/contracts'
import { useState } from 'react'
import { useClient } from '../../realtime/client-context.tsx'
import { useHome } from '../../realtime/use-home.ts'
import { useUser } from '../../realtime/use-user.ts'
import { placePath } from '../../routing/path.ts'
import { useNavigation, useViewRoute } from '../../routing/use-route.tsx'

/** The places of the panel: which are there as tabs, which one is shown, and what can be done to them. */
export interface Places {
  /** Ids of home, saved places and the shown one; each once. */
  readonly ids: readonly string[]
  /** The shown place's id; `undefined` while there is none to show. */
  readonly shown: string | undefined
  readonly home: Place | null | undefined
  readonly isSaved: boolean
  show(id: string): void
  /** Saves the shown place, or takes it off. */
  toggleSaved(): void
  /** Goes back to the home place, as after it has moved. */
  showHome(): void
  makeHome(place: Place): void
}

const none: readonly string[] = []

/** The ids of tabs: home first, then the saved ones, then the shown one where it is none of these. */
export const tabIds = (
  home: string | undefined,
  saved: readonly string[],
  shown: string | undefined,
): readonly string[] => [...new Set([home, ...saved, shown].filter((id) => id !== undefined))]

/** The saved list without the place, or with it at the end. */
export const toggledPlace = (saved: readonly string[], id: string): string[] =>
  saved.includes(id)
    ? saved.filter((other) => other !== id)
    : [...saved, id].slice(-userLimits.places)

/** Follows the user's places. An address that names one pins the panel to it; else the choice is this tab's own. */
export const usePlaces = (pinned: string | undefined): Places => {
  const client = useClient()
  const { go } = useNavigation()
  const onOwnPage = useViewRoute().view === 'weather'
  const home = useHome()
  const saved = useUser('places') ?? none
  const [chosen, choose] = useState<string>()
  const shown = pinned ?? chosen ?? home?.id ?? saved[0]
  const show = (id: string | undefined) => {
    // On the page of its own the address is the choice, so that going back undoes it.
    if (onOwnPage) go(id === undefined ? '/weather' : placePath(id))
    else choose(id)
  }
  return {
    ids: tabIds(home?.id, saved, shown),
    shown,
    home,
    isSaved: shown !== undefined && saved.includes(shown),
    show,
    toggleSaved: () => {
      if (shown !== undefined) client.setUser('places', toggledPlace(saved, shown))
    },
    showHome: () => show(undefined),
    makeHome: (place) => client.setUser('home', place),
  }
}
