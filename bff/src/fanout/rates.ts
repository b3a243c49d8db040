import { type MaxHz, maxHzChoices } from '@flux/contracts'
import type { Clock } from '@flux/runtime'
import type { Frame } from './frame.ts'
import type { Lane } from './lane.ts'
import { createPending, type Packs, type RoomPack } from './pending.ts'

/** What is owed to those who take a few packs a second: per rate one collection, whatever their number. */
export interface Rates {
  /** Takes in what a flush writes to all others. Costs nothing at a rate that nobody has. */
  merge(packs: Packs): void
  /** What a lane is owed at its rate so far, of these rooms. */
  owed(lane: Lane, rooms: Iterable<string>): Packs
  /** The rates whose time has come, each with what was collected. */
  due(): readonly { readonly rate: MaxHz; readonly packs: Packs }[]
  /** Milliseconds until the next one with something to write; `undefined`: there is none. */
  dueInMs(): number | undefined
}

interface RatesOptions {
  readonly clock: Clock
  /** How many are served at a rate. */
  count(rate: MaxHz): number
  /** True when somebody at the rate waits for a flush though nothing may have been collected. */
  isAwaited(rate: MaxHz): boolean
}

const createRate = (hz: MaxHz) => ({
  hz,
  periodMs: 1_000 / hz,
  pending: createPending(),
  nextAt: Number.NEGATIVE_INFINITY,
})

const later = (pack: RoomPack, since: number): readonly Frame[] =>
  pack.frames.filter((frame) => frame.flush > since)

/** Collections of all rates; the flushes of each are at least its period apart, for all of its sockets at once. */
export const createRates = ({ clock, count, isAwaited }: RatesOptions): Rates => {
  const rates = maxHzChoices.map(createRate)
  const active = () => rates.filter(({ hz }) => count(hz) > 0)
  return {
    merge: (packs) => {
      for (const { hz, pending } of rates) {
        if (count(hz) > 0) pending.merge(packs)
        else if (!pending.isEmpty()) pending.take()
      }
    },
    owed: (lane, rooms) => {
      const own = rates.find(({ hz }) => hz === lane.rate)
      const packs = new Map<string, RoomPack>()
      for (const room of rooms) {
        const pack = own?.pending.peek(room)
        if (pack) packs.set(room, { ...pack, frames: later(pack, lane.since) })
      }
      return packs
    },
    due: () => {
      const now = clock.monotonic()
      return active().flatMap((own) => {
        const isWanted = !own.pending.isEmpty() || isAwaited(own.hz)
        if (!isWanted || now < own.nextAt) return []
        own.nextAt = now + own.periodMs
        return [{ rate: own.hz, packs: own.pending.take() }]
      })
    },
    dueInMs: () => {
      const waiting = active().filter((own) => !own.pending.isEmpty() || isAwaited(own.hz))
      if (waiting.length === 0) return undefined
      return Math.max(0, Math.min(...waiting.map(({ nextAt }) => nextAt)) - clock.monotonic())
    },
  }
}
