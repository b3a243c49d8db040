import type { Clock } from '@flux/runtime'
import type { Feed } from '../state/feed.ts'
import { type Ask, asksOf, needOf } from './asks.ts'
import type { DemandEvents } from './events.ts'
import type { Asker, Limits } from './limits.ts'
import { createPursue, type PursueOptions, type Waiting } from './pursue.ts'
import type { Windows } from './windows.ts'

/** Asks for what occupied rooms lack. */
export interface Demand {
  /** A member came to a room. */
  joined(room: string, asker: Asker | undefined): void
  /** The last member left. */
  emptied(room: string): void
  /** Occupied rooms that can ask for something. */
  size(): number
  stop(): void
}

/** What demand is made of. */
export interface DemandOptions extends PursueOptions {
  readonly feed: Pick<Feed, 'stateOf' | 'tail'>
  readonly clock: Clock
  readonly windows: Windows
  readonly limits: Limits
  readonly events: DemandEvents
}

/** One thing that an occupied room can ask for. */
interface Line {
  readonly ask: Ask
  waiting: Waiting | undefined
  isBusy: boolean
}

interface Occupied {
  readonly name: string
  readonly lines: readonly Line[]
  /** Who came last while nobody had the room admitted. */
  asker: Asker | undefined
  /** A room without a value counts once, for whoever is within the limits. */
  isAdmitted: boolean
  /** The refusal has been counted. */
  isRefused: boolean
}

const periodMs = 1_000

const occupy = (name: string): Occupied => ({
  name,
  lines: asksOf(name).map((ask) => ({ ask, waiting: undefined, isBusy: false })),
  asker: undefined,
  isAdmitted: false,
  isRefused: false,
})

/** Lets a room without a value ask, as far as the limits go. */
const createAdmission = ({ limits, events }: Pick<DemandOptions, 'limits' | 'events'>) => {
  return (room: Occupied, { command }: Ask): boolean => {
    if (!room.isAdmitted) room.isAdmitted = room.asker === undefined || limits.take(room.asker)
    if (!room.isAdmitted && !room.isRefused) {
      room.isRefused = true
      events.suppressed(command.name, 'limit')
    }
    return room.isAdmitted
  }
}

/**
 * Commands are hints, demand is the truth: while a room is occupied and lacks a value or has an old one, its command is
 * sent once per window, again and again. What cannot be sent is kept; what nobody looks at any more is forgotten.
 */
export const createDemand = (options: DemandOptions): Demand => {
  const { feed, clock, windows, limits, events } = options
  const rooms = new Map<string, Occupied>()
  const stopping = new AbortController()
  const pursue = createPursue(options)
  const isAdmitted = createAdmission(options)

  const lookAt = (room: Occupied, line: Line) => {
    if (line.isBusy) return
    const { ask } = line
    const reason = needOf(feed.stateOf(ask.channel.name), room.name, clock.now())
    line.waiting = reason && (line.waiting ?? { since: clock.now() })
    if (!reason || !line.waiting) return
    if (reason === 'missing' && !isAdmitted(room, ask)) return
    const isWanted = () => rooms.get(room.name) === room
    line.isBusy = true
    pursue({ ask, reason, waiting: line.waiting, isWanted }, stopping.signal)
      .catch((error: unknown) => events.failed(ask.command.name, error))
      .finally(() => {
        line.isBusy = false
      })
  }
  // Before the log has been read, every value would seem to be missing; while Kafka is away nothing can be sent.
  const look = (room: Occupied) => {
    if (feed.tail() === 'live') for (const line of room.lines) lookAt(room, line)
  }
  const stopLooking = clock.every(periodMs, () => {
    windows.sweep()
    limits.sweep()
    for (const room of rooms.values()) look(room)
  })

  return {
    joined: (name, asker) => {
      const held = rooms.get(name)
      if (held?.isAdmitted) return
      const room = held ?? occupy(name)
      if (room.lines.length === 0) return
      rooms.set(name, room)
      room.asker = asker
      room.isRefused = false
      look(room)
    },
    emptied: (name) => void rooms.delete(name),
    size: () => rooms.size,
    stop: () => {
      stopLooking()
      stopping.abort()
      rooms.clear()
    },
  }
}
