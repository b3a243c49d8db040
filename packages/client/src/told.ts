import { type Cursor, protocolLimits } from '@flux/contracts'
import { fitCursor } from './cursor.ts'
import type { Room } from './room.ts'

/** What the server is told of what the client has. */
export interface Told {
  readonly cursor: Cursor
  /** The log that the cursor's positions belong to. */
  readonly epoch: string
}

/** How long positions are worth telling, in milliseconds: half of what the log remembers of removals. */
export const cursorMaxAgeMs = 12 * 3_600_000

/**
 * What to tell of rooms, the first ones first, in 8 KiB of JSON at most; `undefined` where there is nothing to tell.
 * Positions of one log only, since a message names one epoch. Those of an old log are told too when there are no
 * others: the server then knows that it is a reset. `now` is the client's time, epoch milliseconds.
 */
export const tell = (
  rooms: readonly Room[],
  epoch: string | null,
  now: number,
): Told | undefined => {
  const known = rooms.filter(
    (room) => !room.positions.isEmpty() && now - room.currentAt < cursorMaxAgeMs,
  )
  const log = known.some((room) => room.epoch === epoch) ? epoch : (known[0]?.epoch ?? null)
  if (log === null) return undefined
  const parts = known
    .filter((room) => room.epoch === log)
    .map((room) => [room.name, room.positions.view()] as const)
  return { cursor: fitCursor(parts, protocolLimits.cursorBytes), epoch: log }
}
