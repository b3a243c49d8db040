import type { Entry } from '@flux/contracts'
import type { Content } from './content.ts'
import type { Counters } from './counters.ts'
import type { Room } from './room.ts'
import type { Store } from './store.ts'
import type { Arrival, RecordListener } from './types.ts'

/** Where records go. */
export interface Target {
  readonly store: Store
  readonly counters: Counters
  /** The client's time, epoch milliseconds. */
  now(): number
  readonly onRecord: RecordListener
}

/** True for a partition number, which is what a channel on Kafka has and one born on a replica has not. */
export const isPartition = (place: number | string): place is number => typeof place === 'number'

/** Takes a record in when the channel's rule says that it is newer. */
export const accept = (target: Target, content: Content, entry: Entry, how: Arrival): boolean => {
  const verdict = content.judge(entry)
  if (verdict === 'older') target.counters.olderDropped += 1
  if (verdict === 'duplicate') target.counters.duplicateDropped += 1
  if (verdict !== 'newer') return false
  content.put(entry, target.now())
  target.counters.accepted += 1
  target.onRecord(content.channel.name, entry, how)
  return true
}

/**
 * Takes in one record of a room: what lies at or below the room's position was here already, whatever became of its
 * key since.
 */
export const takeIn = (
  target: Target,
  room: Room,
  record: { readonly content: Content; readonly entry: Entry; readonly how: Arrival },
): boolean => {
  const { content, entry, how } = record
  const [partition, offset] = entry.p
  if (content.channel.onKafka && isPartition(partition)) {
    const own = room.positions.of(content.channel.name, partition)
    if (own !== undefined && offset <= own) {
      target.counters.duplicateDropped += 1
      return false
    }
    room.positions.raise(content.channel.name, partition, offset)
  }
  return accept(target, content, entry, how)
}
