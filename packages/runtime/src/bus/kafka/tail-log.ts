import type { Clock } from '../../clock.ts'
import type { OutRecord, ResetReason, TailOptions, TopicEnds } from '../port.ts'
import { createAnchor } from '../tail/anchor.ts'
import { type Progress, shorterTopics, type Wanted } from '../tail/progress.ts'
import { type ClusterView, endsOf, offsetsOf } from './cluster.ts'
import { ensureEpoch } from './epoch.ts'

/** What a tail knows of the log behind its positions: its identity, its floors, whether it is still the same. */
export interface TailLog {
  epoch(): string | undefined
  /** Looks at the log before a (re)start: resets what is not what it was, places every partition, aims at the ends. */
  prepare(cluster: ClusterView): Promise<void>
  /**
   * Compares positions with ends that were asked for after `before` was taken. Returns the partitions that go on
   * somewhere else than where they were.
   */
  observe(before: readonly Wanted[], ends: ReadonlyMap<string, TopicEnds>): readonly Wanted[]
}

/** What a tail's log is made of. */
export interface TailLogOptions {
  readonly tail: TailOptions
  readonly progress: Progress
  readonly clock: Clock
  newEpochId(): string
  send(topic: string, records: readonly OutRecord[]): Promise<void>
  onReset(reason: ResetReason): void
}

const confirmations = 3
const confirmMs = 300

/** Asks for the ends; asks again when one is too low, for a new partition leader may know a low one for a moment. */
const settledEnds = async (
  cluster: ClusterView,
  topics: readonly string[],
  options: TailLogOptions,
) => {
  for (let round = 1; ; round += 1) {
    const before = options.progress.all()
    const ends = await endsOf(cluster, topics)
    if (round > confirmations || shorterTopics(before, ends).length === 0) return ends
    await options.clock.sleep(confirmMs)
  }
}

/** First offsets of the topics that start at a time and have not been read yet. */
const offsetsByTime = async (
  cluster: ClusterView,
  { tail, progress, clock }: TailLogOptions,
  wasReset: (topic: string) => boolean,
): Promise<Map<string, number[]>> => {
  const result = new Map<string, number[]>()
  for (const [topic, start] of tail.topics) {
    if (start.from !== 'time' || wasReset(topic)) continue
    if (progress.positions(topic).length > 0) continue
    const query = { fromTimestamp: clock.now() - start.backMs }
    for (const [name, offsets] of await offsetsOf(cluster, [topic], query))
      result.set(name, offsets)
  }
  return result
}

/** A tail's view of the log, before the first look. */
export const createTailLog = (options: TailLogOptions): TailLog => {
  const { tail, progress } = options
  const topics = [...tail.topics.keys()]
  const anchor = createAnchor({
    progress,
    tail: {
      ...tail,
      onReset: (list, reason) => {
        options.onReset(reason)
        tail.onReset(list, reason)
      },
    },
  })
  let suspects: readonly string[] = []

  return {
    epoch: anchor.epoch,
    prepare: async (cluster) => {
      const found = await ensureEpoch(cluster, { id: options.newEpochId(), send: options.send })
      const ends = await settledEnds(cluster, topics, options)
      const byTime = await offsetsByTime(cluster, options, anchor.wasReset)
      anchor.identify(found, ends)
      for (const [topic, partitions] of ends) {
        anchor.place(topic, partitions, anchor.wasReset(topic) ? undefined : byTime.get(topic))
      }
      progress.aim(ends)
      suspects = []
    },
    observe: (before, ends) => {
      const moved: Wanted[] = []
      for (const { topic, partition, next } of progress.all()) {
        const low = ends.get(topic)?.[partition]?.low ?? 0
        if (low <= next) continue
        progress.place(topic, partition, low)
        tail.onFloor(topic, partition, low)
        moved.push({ topic, partition, next: low })
      }
      const shorter = shorterTopics(before, ends)
      const confirmed = shorter.filter((topic) => suspects.includes(topic))
      suspects = shorter
      if (confirmed.length === 0) return moved
      anchor.reset(confirmed, 'log_shorter')
      for (const topic of confirmed) anchor.place(topic, ends.get(topic) ?? [])
      progress.aim(ends)
      return progress
        .all()
        .filter(({ topic }) => confirmed.includes(topic))
        .concat(moved)
    },
  }
}
