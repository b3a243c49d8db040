/** How many are in the rooms that the client is in, over all replicas. */
export interface Presence {
  of(room: string): number | undefined
  /** The server has told it; what it told of rooms that are not `wanted` any more is forgotten. */
  told(room: string, count: number, wanted: readonly string[]): void
}

/** Nothing was told yet; `changed` is called with the room. */
export const createPresence = (changed: (room: string) => void): Presence => {
  const counts = new Map<string, number>()
  return {
    of: (room) => counts.get(room),
    told(room, count, wanted) {
      for (const known of counts.keys()) if (!wanted.includes(known)) counts.delete(known)
      if (!wanted.includes(room) || counts.get(room) === count) return
      counts.set(room, count)
      changed(room)
    },
  }
}
