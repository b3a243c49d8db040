import type { Channel, Outcome, Watermarks } from '@flux/contracts'
import type { Stored } from './decode.ts'
import type { RoomState } from './room-state.ts'

/** What a client is sent of one channel of a room. */
export interface Recovery {
  readonly outcome: Outcome
  /** In ascending offset per partition. */
  readonly entries: readonly Stored[]
  /** For a sampled history: where the columns begin; `undefined` means all of it. */
  readonly after: Watermarks | undefined
}

/** What recovery looks at. */
export interface Held {
  readonly channel: Channel
  /** `undefined`: nothing was ever read for this room. */
  readonly state: RoomState | undefined
  /** For every partition, the offset below which records are not known. */
  readonly floors: readonly (readonly [partition: number, floor: number])[]
}

const byPosition = (a: Stored, b: Stored) => a.partition - b.partition || a.offset - b.offset

const valuesOf = (state: RoomState | undefined): Stored[] => [...(state?.newest.values() ?? [])]

const ringsOf = (state: RoomState | undefined) => [...(state?.rings.values() ?? [])]

/** A room's ordered records live in the partitions of its rings; before the first one, they may come in any. */
const floorsThatCount = ({ channel, state, floors }: Held): Held['floors'] => {
  const rings = channel.delivery === 'ordered' ? ringsOf(state) : []
  return rings.length > 0 ? rings.map((ring) => [ring.partition, ring.floor()] as const) : floors
}

const isComplete = (held: Held, cursor: Watermarks): boolean =>
  floorsThatCount(held).every(([partition, floor]) => (cursor[partition] ?? -1) >= floor - 1)

const missed = ({ channel, state }: Held, cursor: Watermarks): Stored[] => {
  const kept =
    channel.delivery === 'ordered' ? ringsOf(state).flatMap((r) => r.entries) : valuesOf(state)
  return kept.filter((entry) => entry.offset > (cursor[entry.partition] ?? -1))
}

/** The newest value of every key; of groups that keep many keys only the newest one, the rest is history. */
const cold = ({ channel, state }: Held): Stored[] => {
  const values = valuesOf(state).filter((entry) => !entry.removed)
  if (channel.history.kind !== 'newest' || channel.delivery === 'ordered') return values
  const keys = new Set(values.map((entry) => entry.key))
  const newestOf = (group: string) => state?.keysOfGroup(group).findLast((key) => keys.has(key))
  return values.filter((entry) => newestOf(channel.groupOf(entry.key)) === entry.key)
}

/** What a client with this cursor has to be sent: all that it missed, or the cold form. */
export const recover = (held: Held, cursor: Watermarks | undefined): Recovery =>
  cursor && isComplete(held, cursor)
    ? { outcome: 'recovered', entries: missed(held, cursor).sort(byPosition), after: cursor }
    : { outcome: 'snapshot', entries: cold(held).sort(byPosition), after: undefined }
