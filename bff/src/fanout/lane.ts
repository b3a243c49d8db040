import type { MaxHz } from '@flux/contracts'
import type { Socket } from 'socket.io'
import { type Engine, engineOf, isPackable } from './edge.ts'
import type { Mailbox } from './mailbox.ts'

/** How many packs a second a client takes at most; 0 for as many as there are. */
export type Rate = MaxHz | 0

/** One socket as the fan-out sees it. Its size does not depend on what is sent. */
export interface Lane {
  readonly id: string
  readonly socket: Socket
  readonly engine: Engine
  /** A pre-encoded buffer may be handed to its transport. */
  packable: boolean
  /** Bytes of packs that were written and may not have left: at least 0 and at most what was written. */
  behind: number
  /** What it is served at, and what it asked for: the two are made one at the start of a flush. */
  rate: Rate
  wanted: Rate
  /** What left in flushes up to this one, it was given at another rate. */
  since: number
  rooms: ReadonlySet<string>
  /** While its client does not take what it is sent: what it is owed. */
  mailbox: Mailbox | undefined
}

const noRooms: ReadonlySet<string> = new Set()

/** A socket in no room. */
export const createLane = (socket: Socket): Lane => {
  const engine = engineOf(socket)
  const lane: Lane = {
    ...{ id: socket.id, socket, engine, packable: isPackable(engine) },
    ...{ behind: 0, rate: 0, wanted: 0, since: 0, rooms: noRooms, mailbox: undefined },
  }
  engine.on('upgrade', () => {
    lane.packable = isPackable(engine)
  })
  return lane
}
