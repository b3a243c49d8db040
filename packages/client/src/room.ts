import type { Channel, Entry } from '@flux/contracts'
import { createPositions, type Positions } from './cursor.ts'
import type { Staging } from './hydrate.ts'

/** A live record and its channel. */
interface LiveRecord {
  readonly channel: Channel
  readonly entry: Entry
}

/** Live records of a room whose hydrate is not whole yet. Of a `latest` key only the newest is kept. */
interface EarlyRecords {
  add(record: LiveRecord): void
  /** Hands out everything in order and is empty afterwards. */
  take(): readonly LiveRecord[]
}

/** Live records that wait. */
const createEarlyRecords = (): EarlyRecords => {
  const records = new Map<string, LiveRecord>()
  return {
    add(record) {
      const { channel, entry } = record
      const own = channel.delivery === 'ordered' ? ` ${entry.p[0]} ${entry.p[1]}` : ''
      const id = `${channel.name} ${entry.k}${own}`
      // Without the deletion the record would keep its older one's place, and offsets would no longer ascend.
      records.delete(id)
      records.set(id, record)
    },
    take() {
      const all = [...records.values()]
      records.clear()
      return all
    },
  }
}

/** A room as the client follows it. */
export interface Room {
  readonly name: string
  /** `left`: its content stays, but nothing keeps it current. */
  phase: 'left' | 'waiting' | 'live'
  /** The log that the positions belong to; `null` as long as none is known. */
  epoch: string | null
  readonly positions: Positions
  /** When it was last known to be current, by the client's clock, epoch milliseconds. */
  currentAt: number
  staging: Staging | undefined
  readonly early: EarlyRecords
}

/** A room that nothing is known of yet. */
export const createRoom = (name: string): Room => ({
  name,
  phase: 'waiting',
  epoch: null,
  positions: createPositions(),
  currentAt: 0,
  staging: undefined,
  early: createEarlyRecords(),
})

/** Throws away what is not committed. */
export const dropUncommitted = (room: Room): void => {
  room.staging = undefined
  room.early.take()
}
