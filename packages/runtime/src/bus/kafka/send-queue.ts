import type { OutRecord } from '../port.ts'
import { sizeOf } from './records.ts'

/** Records that one call wants to send, with its promise. */
export interface Parcel {
  readonly topic: string
  readonly records: readonly OutRecord[]
  readonly bytes: number
  /** Monotonic milliseconds when it was queued. */
  readonly at: number
  resolve(): void
  reject(error: unknown): void
}

/** How many bytes go out in one flight: below the broker's limit for one batch of a partition (1 MiB). */
const maxFlightBytes = 512 * 1024

/** Splits records so that no piece is larger than a flight; a single record may be. */
export const splitBySize = (
  records: readonly OutRecord[],
  maxBytes = maxFlightBytes,
): { readonly records: readonly OutRecord[]; readonly bytes: number }[] => {
  const pieces: { records: OutRecord[]; bytes: number }[] = []
  for (const record of records) {
    const size = sizeOf(record)
    const last = pieces.at(-1)
    if (last && last.bytes + size <= maxBytes) {
      last.records.push(record)
      last.bytes += size
    } else {
      pieces.push({ records: [record], bytes: size })
    }
  }
  return pieces
}

/** Takes the parcels of the next flight from the head of the queue: at least one, in order. */
export const takeFlight = (queue: Parcel[], maxBytes = maxFlightBytes): Parcel[] => {
  let bytes = 0
  let count = 0
  for (const parcel of queue) {
    if (count > 0 && bytes + parcel.bytes > maxBytes) break
    bytes += parcel.bytes
    count += 1
  }
  return queue.splice(0, count)
}

/** The records of a flight by topic, in the order of the queue. */
export const byTopic = (flight: readonly Parcel[]): Map<string, OutRecord[]> => {
  const topics = new Map<string, OutRecord[]>()
  for (const { topic, records } of flight) {
    const list = topics.get(topic)
    if (list) list.push(...records)
    else topics.set(topic, [...records])
  }
  return topics
}
