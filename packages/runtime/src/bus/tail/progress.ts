import type { TopicEnds } from '../port.ts'

/** A partition with the next offset that is wanted from it. */
export interface Wanted {
  readonly topic: string
  readonly partition: number
  readonly next: number
}

/** Where a tail stands: per partition the next offset wanted, and the end it has to reach to be caught up. */
export interface Progress {
  next(topic: string, partition: number): number | undefined
  positions(topic: string): readonly number[]
  all(): readonly Wanted[]
  /** Sets the next offset wanted, forward or back. */
  place(topic: string, partition: number, next: number): void
  /** Forgets a topic's positions. */
  clear(topic: string): void
  /** The ends to be reached from now on. */
  aim(ends: ReadonlyMap<string, TopicEnds>): void
  /** Partitions that have not reached their end. */
  behind(): readonly Wanted[]
}

/** A tail's progress, empty. Positions tell, never a count of records: a compacted log has holes. */
export const createProgress = (): Progress => {
  const topics = new Map<string, { next: number; target: number }[]>()
  const list = (topic: string) => topics.get(topic) ?? []
  const all = () =>
    [...topics].flatMap(([topic, spots]) =>
      spots.map(({ next, target }, partition) => ({ topic, partition, next, target })),
    )
  return {
    next: (topic, partition) => list(topic)[partition]?.next,
    positions: (topic) => list(topic).map(({ next }) => next),
    all,
    place: (topic, partition, next) => {
      const spots = list(topic)
      topics.set(topic, spots)
      const spot = spots[partition]
      if (spot) spot.next = next
      else spots[partition] = { next, target: next }
    },
    clear: (topic) => topics.delete(topic),
    aim: (ends) => {
      for (const [topic, partitions] of ends) {
        for (const [partition, spot] of list(topic).entries()) {
          spot.target = partitions[partition]?.high ?? spot.target
        }
      }
    },
    behind: () => all().filter(({ next, target }) => next < target),
  }
}

/** What is known of one partition when its position is decided. */
export interface Spot {
  /** Next offset wanted so far; `undefined`: never read. */
  readonly known: number | undefined
  readonly low: number
  readonly high: number
  /** First offset at or after the wanted time, -1 for none; `undefined`: read from the beginning. */
  readonly byTime?: number | undefined
}

/** Where to go on: the known position, never below the log's start; a partition never read starts as asked. */
export const startAt = ({ known, low, high, byTime }: Spot): number => {
  if (known !== undefined) return Math.max(known, low)
  if (byTime === undefined) return low
  return byTime < 0 ? high : Math.max(byTime, low)
}

/** Topics that end before what was already read from them: their data is not the data we know. */
export const shorterTopics = (
  wanted: readonly Wanted[],
  ends: ReadonlyMap<string, TopicEnds>,
): string[] => {
  const shorter = wanted.filter(({ topic, partition, next }) => {
    const high = ends.get(topic)?.[partition]?.high
    return high !== undefined && high < next
  })
  return [...new Set(shorter.map(({ topic }) => topic))]
}
