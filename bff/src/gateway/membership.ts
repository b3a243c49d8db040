import { adapterRoom } from '@flux/contracts'
import type { Socket } from 'socket.io'
import { type Known, nothingKnown } from '../state/hydrate.ts'
import { createHydrator, type HydratorOptions } from './hydrator.ts'
import { createBucket, type Verdict } from './rate.ts'

/** What membership needs. */
export interface MembershipOptions extends HydratorOptions {
  /** Rooms hydrated without a cursor, per minute and socket. */
  readonly coldPerMinute: number
  /** While a flush is being written: when it is done. */
  flushing(): Promise<void> | undefined
}

/** The rooms of one socket: those it subscribed to, and one slot more for where its user is at home. */
export interface Membership {
  subscribed(): ReadonlySet<string>
  home(): string | undefined
  /** Asked before rooms are hydrated without a cursor. */
  takeCold(): Verdict
  /**
   * Calls `change` when it is the socket's turn to be hydrated and no flush is being written; it returns the bytes that
   * it wrote. Not called when the socket has gone meanwhile.
   */
  inTurn(change: () => number, onQueued?: () => void): Promise<void>
  /** The same for a change that joins no room: it does not wait in line. */
  betweenFlushes(change: () => void): Promise<void>
  /** Makes `next` the subscribed set: joins what is new, leaves what nobody of the two wants. Returns what is new. */
  subscribe(next: ReadonlySet<string>): readonly string[]
  /** Fills the slot, or empties it: the room is joined, the one before it left when it is not subscribed. */
  settle(room: string | undefined): void
  /** Writes what the rooms hold; returns the bytes. To be called where the rooms are joined, without a wait between. */
  hydrate(rooms: readonly string[], known?: (room: string) => Known): number
}

/** A socket in no room. */
export const createMembership = (socket: Socket, options: MembershipOptions): Membership => {
  const { clock, gate, coldPerMinute, flushing } = options
  const cold = createBucket({ burst: coldPerMinute, perSecond: coldPerMinute / 60 })
  const hydrate = createHydrator(socket, options)
  let subscribed: ReadonlySet<string> = new Set()
  let home: string | undefined

  const join = (room: string) => void socket.join(adapterRoom(room))
  const leave = (room: string) => {
    if (room !== home && !subscribed.has(room)) void socket.leave(adapterRoom(room))
  }
  /** A join takes effect between two flushes: what one still has to write is older than the hydrate. */
  const flushed = async () => {
    for (let flush = flushing(); flush; flush = flushing()) await flush
  }
  return {
    subscribed: () => subscribed,
    home: () => home,
    takeCold: () => cold.take(clock.monotonic()),
    inTurn: async (change, onQueued = () => undefined) => {
      await gate.enter(onQueued)
      let bytes = 0
      try {
        await flushed()
        if (socket.connected) bytes = change()
      } finally {
        gate.sent(bytes)
      }
    },
    betweenFlushes: async (change) => {
      await flushed()
      if (socket.connected) change()
    },
    subscribe: (next) => {
      const before = subscribed
      const added = [...next].filter((room) => !before.has(room))
      subscribed = next
      for (const room of before) leave(room)
      for (const room of added) join(room)
      return added
    },
    settle: (room) => {
      const before = home
      home = room
      if (before !== undefined) leave(before)
      if (room !== undefined) join(room)
    },
    hydrate: (rooms, known = () => nothingKnown) => hydrate(rooms, known),
  }
}
