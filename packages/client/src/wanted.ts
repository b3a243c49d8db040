import { isSubscribable, type MaxHz, protocolLimits } from '@flux/contracts'

/** The rooms that someone wants, with reference counts, and how often. Pure. */
export interface Wanted {
  /** One more wants the room. */
  add(room: string): void
  /** One less wants it. True when it was the last one. */
  remove(room: string): boolean
  has(room: string): boolean
  /** The room of the user's home, which the server knows by itself. */
  home(): string | undefined
  setHome(room: string | undefined): void
  /** What to ask the server for: rooms it can have, the ones wanted last first, as many as the protocol allows. */
  rooms(): readonly string[]
  /** Those, and the home. */
  all(): readonly string[]
  /** How many times a second to be sent something at most; `undefined`: as it comes. */
  maxHz(): MaxHz | undefined
  setMaxHz(maxHz: MaxHz | undefined): void
}

/** Nothing is wanted. */
export const createWanted = (startHz?: MaxHz): Wanted => {
  const counts = new Map<string, number>()
  let home: string | undefined
  let maxHz = startHz
  const rooms = () =>
    [...counts.keys()].filter(isSubscribable).toReversed().slice(0, protocolLimits.rooms)
  return {
    add(room) {
      const count = counts.get(room) ?? 0
      // What is wanted once more becomes the last one of the map: the most recently wanted.
      counts.delete(room)
      counts.set(room, count + 1)
    },
    remove(room) {
      const count = counts.get(room) ?? 0
      if (count > 1) counts.set(room, count - 1)
      else counts.delete(room)
      return count === 1
    },
    has: (room) => counts.has(room),
    home: () => home,
    setHome(room) {
      home = room
    },
    rooms,
    all: () => (home === undefined || counts.has(home) ? rooms() : [home, ...rooms()]),
    maxHz: () => maxHz,
    setMaxHz(next) {
      maxHz = next
    },
  }
}
