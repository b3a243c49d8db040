import type { Socket } from 'socket.io'
import type { HomeSlot } from '../location/home.ts'

/** One connection of a user. */
export interface Tab {
  readonly socket: Socket
  readonly home: HomeSlot
}

/** The connections of users on this replica. */
export interface Tabs {
  /** Adds one until it closes. */
  add(userId: string, tab: Tab): void
  of(userId: string): readonly Tab[]
}

/** Nobody is connected. */
export const createTabs = (): Tabs => {
  const users = new Map<string, Set<Tab>>()
  return {
    add: (userId, tab) => {
      const tabs = users.get(userId) ?? new Set()
      users.set(userId, tabs.add(tab))
      tab.socket.conn.once('close', () => {
        tabs.delete(tab)
        if (tabs.size === 0 && users.get(userId) === tabs) users.delete(userId)
      })
    },
    of: (userId) => [...(users.get(userId) ?? [])],
  }
}
