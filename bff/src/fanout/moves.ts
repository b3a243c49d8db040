import { encodePacks, type HydrateOf } from './encode.ts'
import type { Lane, Rate } from './lane.ts'
import type { Rates } from './rates.ts'
import type { Send, Slow } from './slow.ts'

/** What follows when a socket joins, leaves, goes or asks for another rate. */
export interface Moves {
  /** The lane is in these rooms from now on; none: it may have gone. Its `rooms` are still those before. */
  moved(lane: Lane, rooms: ReadonlySet<string>): void
  /** A flush begins; what left in those before was given to everybody who was there. */
  begin(): number
  /** What was collected at a rate has been taken: its lanes, which are returned, are all alike from now on. */
  admit(rate: Rate): readonly Lane[]
}

interface MovesOptions {
  readonly rates: Pick<Rates, 'owed'>
  readonly slow: Pick<Slow, 'put' | 'forget'>
  readonly send: Send
  readonly hydrateOf: HydrateOf
}

const gains = (lane: Lane, rooms: ReadonlySet<string>): boolean =>
  [...rooms].some((room) => !lane.rooms.has(room))

/** Nobody has moved. */
export const createMoves = ({ rates, slow, send, hydrateOf }: MovesOptions): Moves => {
  /** Lanes that what is collected at their rate is not owed from its beginning on. */
  const newcomers = new Set<Lane>()
  let flush = 0

  /** What it is owed at its rate is written before it is served in another way: so nothing is lost, doubled or late. */
  const settleUp = (lane: Lane, rooms: ReadonlySet<string>) => {
    const packs = rates.owed(lane, lane.rooms.intersection(rooms))
    if (lane.mailbox) slow.put(lane, packs)
    else
      send(
        lane,
        [...encodePacks(packs, packs.keys(), hydrateOf).values()].flatMap((out) => out.frames),
      )
    lane.rate = lane.wanted
    lane.since = lane.rate === 0 ? 0 : flush
    if (lane.since > 0) newcomers.add(lane)
  }
  return {
    moved: (lane, rooms) => {
      lane.mailbox?.keep(rooms)
      if (rooms.size === 0) newcomers.delete(lane)
      if (lane.engine.readyState !== 'open') slow.forget(lane)
      else if (lane.rate !== lane.wanted || (lane.rate !== 0 && gains(lane, rooms)))
        settleUp(lane, rooms)
    },
    begin: () => {
      flush += 1
      return flush
    },
    admit: (rate) => {
      const admitted = [...newcomers].filter((lane) => lane.rate === rate)
      for (const lane of admitted) {
        lane.since = 0
        newcomers.delete(lane)
      }
      return admitted
    },
  }
}
