import type { Tail, TailOptions, TopicEnds } from '../port.ts'
import { createAnchor } from '../tail/anchor.ts'
import { createProgress, type Progress } from '../tail/progress.ts'
import { createStateKeeper } from '../tail/state.ts'
import type { MemoryLog } from './log.ts'

const fetchMs = 250

/** Decides where to go on, and says so where that is not where it was. */
const createReader = (broker: MemoryLog, options: TailOptions, progress: Progress) => {
  const topics = [...options.topics.keys()]
  const anchor = createAnchor({ tail: options, progress })

  const firstSince = (topic: string, partition: number, low: number): number => {
    const start = options.topics.get(topic)
    if (start?.from !== 'time') return low
    const since = broker.clock.now() - start.backMs
    const found = broker.from(topic, partition, low).find((r) => r.timestamp >= since)
    return found?.offset ?? -1
  }
  const place = (topic: string, ends: TopicEnds) => {
    const isNew = progress.positions(topic).length === 0 && !anchor.wasReset(topic)
    const first = () => ends.map(({ low }, partition) => firstSince(topic, partition, low))
    anchor.place(topic, ends, isNew ? first() : undefined)
  }
  const deliver = () => {
    for (const { topic, partition, next } of progress.all()) {
      const records = broker.from(topic, partition, next)
      const last = records.at(-1)
      if (!last) continue
      options.onBatch({ topic, partition, records })
      progress.place(topic, partition, last.offset + 1)
    }
  }
  /** Looks at the log; false when it is not whole. */
  const look = (): boolean => {
    const known = new Set(broker.topics())
    if (!topics.every((topic) => known.has(topic))) return false
    const ends = new Map(topics.map((topic) => [topic, broker.ends(topic)]))
    anchor.identify(broker.epoch(), ends)
    for (const [topic, partitions] of ends) place(topic, partitions)
    progress.aim(ends)
    return true
  }
  return { look, deliver }
}

/** A tail on the log in memory. See `Bus.tail`. */
export const startMemoryTail = (
  broker: MemoryLog,
  options: TailOptions,
  reachable: () => boolean,
): Tail => {
  const { clock } = broker
  const progress = createProgress()
  const isBehind = () => progress.behind().length > 0
  const state = createStateKeeper({ clock, isBehind, onState: (s) => options.onState(s) })
  const { look, deliver } = createReader(broker, options, progress)
  let closed = false
  const pump = () => {
    if (closed) return
    if (reachable() && look()) {
      state.aimed(isBehind())
      state.fetched()
      deliver()
    }
    state.check()
  }
  const stops = [broker.onChange(pump), clock.every(fetchMs, pump)]
  broker.changed()
  return {
    state: () => state.state(),
    lastFetchAt: () => state.lastFetchAt(),
    positions: (topic) => progress.positions(topic),
    ends: (topic) =>
      Promise.resolve(
        reachable() && broker.topics().includes(topic) ? broker.ends(topic) : undefined,
      ),
    close: () => {
      closed = true
      for (const stop of stops) stop()
      return Promise.resolve()
    },
  }
}
