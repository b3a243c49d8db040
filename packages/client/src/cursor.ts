import type { Cursor, Watermarks } from '@flux/contracts'

/** Per channel and partition of a room the offset at or below which nothing is needed any more. */
export interface Positions {
  of(channel: string, partition: number): number | undefined
  /** Sets an offset that is higher than what is there; a lower one changes nothing. */
  raise(channel: string, partition: number, offset: number): void
  /** Raises every partition that the heads name. */
  raiseAll(channel: string, heads: Watermarks): void
  /** Takes the heads as they are, also where they are lower: the log began afresh. */
  lowerTo(channel: string, heads: Watermarks): void
  clear(): void
  isEmpty(): boolean
  /** As a room's part of a cursor. */
  view(): Record<string, Watermarks>
}

/** The positions of one room. */
export const createPositions = (): Positions => {
  const channels = new Map<string, Map<number, number>>()

  const raise = (channel: string, partition: number, offset: number) => {
    let partitions = channels.get(channel)
    if (!partitions) {
      partitions = new Map()
      channels.set(channel, partitions)
    }
    const own = partitions.get(partition)
    if (own === undefined || own < offset) partitions.set(partition, offset)
  }
  const raiseAll = (channel: string, heads: Watermarks) => {
    for (const [partition, offset] of Object.entries(heads)) {
      raise(channel, Number(partition), offset)
    }
  }
  return {
    of: (channel, partition) => channels.get(channel)?.get(partition),
    raise,
    raiseAll,
    lowerTo(channel, heads) {
      channels.delete(channel)
      raiseAll(channel, heads)
    },
    clear: () => channels.clear(),
    isEmpty: () => channels.size === 0,
    view: () =>
      Object.fromEntries(
        [...channels].map(([channel, partitions]) => [channel, Object.fromEntries(partitions)]),
      ),
  }
}

/** A room's part of a cursor. */
export type RoomCursor = readonly [room: string, channels: Record<string, Watermarks>]

const size = (part: RoomCursor): number => JSON.stringify(part).length

/** As much of a cursor as fits into `maxBytes` of JSON; the rooms that come first go in first. */
export const fitCursor = (parts: readonly RoomCursor[], maxBytes: number): Cursor => {
  const fitting: RoomCursor[] = []
  // An array of pairs needs three characters more per room than the object, so the sum errs on the safe side.
  let bytes = 2
  for (const part of parts) {
    bytes += size(part)
    if (bytes > maxBytes) break
    fitting.push(part)
  }
  return Object.fromEntries(fitting)
}
