import type { ResetReason, TailOptions, TopicEnds } from '../port.ts'
import { type Progress, shorterTopics, startAt } from './progress.ts'

/** Ties a tail's positions to the log that they belong to. */
export interface Anchor {
  /** Identity of the log, once it is known. */
  epoch(): string | undefined
  /** True for a topic that was reset: it is read from its beginning, whatever was asked for. */
  wasReset(topic: string): boolean
  /** Forgets the positions in these topics, and says so. */
  reset(topics: readonly string[], reason: ResetReason): void
  /** Takes note of the log's identity and ends: resets everything of another log, and what is shorter than was read. */
  identify(epoch: string, ends: ReadonlyMap<string, TopicEnds>): void
  /**
   * Decides where to go on in a topic, and tells the floor where that is not where it was. `byTime` holds the first
   * offsets of a topic that starts at a time, -1 for none.
   */
  place(topic: string, ends: TopicEnds, byTime?: readonly number[]): void
}

/** A tail's anchor, before the log is known. */
export const createAnchor = (options: {
  readonly tail: Pick<TailOptions, 'topics' | 'onEpoch' | 'onFloor' | 'onReset'>
  readonly progress: Progress
}): Anchor => {
  const { tail, progress } = options
  const fromBeginning = new Set<string>()
  let epoch: string | undefined

  const reset = (topics: readonly string[], reason: ResetReason) => {
    for (const topic of topics) {
      fromBeginning.add(topic)
      progress.clear(topic)
    }
    tail.onReset(topics, reason)
  }
  return {
    epoch: () => epoch,
    wasReset: (topic) => fromBeginning.has(topic),
    reset,
    identify: (found, ends) => {
      if (found === epoch) {
        const shorter = shorterTopics(progress.all(), ends)
        if (shorter.length > 0) reset(shorter, 'log_shorter')
        return
      }
      if (epoch !== undefined) reset([...tail.topics.keys()], 'epoch_changed')
      epoch = found
      tail.onEpoch(found)
    },
    place: (topic, ends, byTime) => {
      for (const [partition, { low, high }] of ends.entries()) {
        const known = progress.next(topic, partition)
        const next = startAt({ known, low, high, byTime: byTime?.[partition] })
        if (next === known) continue
        progress.place(topic, partition, next)
        if (next > 0) tail.onFloor(topic, partition, next)
      }
    },
  }
}
