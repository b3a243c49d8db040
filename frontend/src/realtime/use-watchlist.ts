import { userLimits } from '@flux/contracts'
import { useCallback } from 'react'
import { useClient } from './client-context.tsx'
import { useUser } from './use-user.ts'

const none: readonly string[] = []

/** The symbols and products that the user watches, in the order in which they were added. */
export const useWatchlist = (): readonly string[] => useUser('watchlist') ?? none

/** The list without `id`, or with it at the end; the oldest goes when there is no room. */
export const toggled = (list: readonly string[], id: string): string[] =>
  list.includes(id)
    ? list.filter((other) => other !== id)
    : [...list, id].slice(-userLimits.watchlist)

/** Whether a symbol or product is watched, and the switch for it. Renders with every change of the list. */
export const useWatched = (id: string): readonly [watched: boolean, toggle: () => void] => {
  const client = useClient()
  const list = useWatchlist()
  const toggle = useCallback(
    () => client.setUser('watchlist', toggled(client.user('watchlist') ?? [], id)),
    [client, id],
  )
  return [list.includes(id), toggle]
}
