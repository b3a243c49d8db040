import type { Clock } from '@flux/runtime'
import type { InstantFault, LastingFault } from './schemas.ts'

type Kind = LastingFault['kind']
type OfKind<K extends Kind> = Extract<LastingFault, { kind: K }>

/** A fault that is in force: `left` uses and `endsInMs` milliseconds remain, null = no such end. */
export interface ActiveFault {
  readonly id: string
  readonly fault: LastingFault
  readonly left: number | null
  readonly endsInMs: number | null
}

/** The faults of one sandbox. */
export interface Faults {
  add(fault: LastingFault): ActiveFault
  /** The oldest fault of this kind that `fits`, one use of it spent. */
  take<K extends Kind>(kind: K, fits: (fault: OfKind<K>) => boolean): OfKind<K> | undefined
  list(): readonly ActiveFault[]
  /** False when there is no such fault. */
  remove(id: string): boolean
  /** How many were removed. */
  clear(): number
  /** Lets an instant fault happen; how many connections or matches it reached. */
  fire(fault: InstantFault): number
  onInstant(listener: (fault: InstantFault) => number): void
}

interface Entry {
  readonly id: string
  readonly fault: LastingFault
  readonly endsAt: number | undefined
  left: number | undefined
}

const isKind = <K extends Kind>(fault: LastingFault, kind: K): fault is OfKind<K> =>
  fault.kind === kind

const isInForce = (entry: Entry, now: number): boolean =>
  (entry.left ?? 1) > 0 && (entry.endsAt ?? Number.POSITIVE_INFINITY) > now

/** No faults yet. Ends are judged on the clock's monotonic time. */
export const createFaults = (clock: Clock): Faults => {
  let entries: Entry[] = []
  const listeners: ((fault: InstantFault) => number)[] = []
  let made = 0

  const prune = () => {
    const now = clock.monotonic()
    if (entries.length > 0) entries = entries.filter((entry) => isInForce(entry, now))
  }
  const shown = ({ id, fault, left, endsAt }: Entry): ActiveFault => ({
    id,
    fault,
    left: left ?? null,
    endsInMs: endsAt === undefined ? null : Math.max(0, Math.round(endsAt - clock.monotonic())),
  })

  return {
    add: (fault) => {
      made += 1
      const endsAt = fault.forMs === undefined ? undefined : clock.monotonic() + fault.forMs
      const entry: Entry = { id: String(made), fault, endsAt, left: fault.count }
      entries.push(entry)
      return shown(entry)
    },
    take: (kind, fits) => {
      prune()
      for (const entry of entries) {
        if (!isKind(entry.fault, kind) || !fits(entry.fault)) continue
        if (entry.left !== undefined) entry.left -= 1
        return entry.fault
      }
      return undefined
    },
    list: () => {
      prune()
      return entries.map(shown)
    },
    remove: (id) => {
      prune()
      const before = entries.length
      entries = entries.filter((entry) => entry.id !== id)
      return entries.length < before
    },
    clear: () => {
      prune()
      const count = entries.length
      entries = []
      return count
    },
    fire: (fault) => listeners.reduce((reached, listener) => reached + listener(fault), 0),
    onInstant: (listener) => {
      listeners.push(listener)
    },
  }
}
