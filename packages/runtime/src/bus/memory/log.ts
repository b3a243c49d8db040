import type { Clock } from '../../clock.ts'
import { FluxError } from '../../errors.ts'
import type { InRecord, OutRecord, TopicEnds, TopicSpec } from '../port.ts'

/** A partition's log: `records[0]` has offset `low`. */
interface PartitionLog {
  low: number
  records: InRecord[]
}

/** The log behind memory buses, and the faults that a test plays on it. */
export interface MemoryLog {
  readonly clock: Clock
  /** False between `goAway` and `comeBack`. */
  up(): boolean
  /** Every call fails from now on, nothing is delivered. */
  goAway(): void
  comeBack(): void
  /** All data is lost, topics included; the next epoch is another one. */
  wipe(): void
  /** Deletes the records below `low`, as retention does. */
  trim(topic: string, partition: number, low: number): void
  /** Deletes a topic and creates it again, empty. */
  recreate(topic: string): void
  /** Adds partitions up to this number. */
  grow(topic: string, partitions: number): void
  epoch(): string
  topics(): readonly string[]
  ensure(topics: readonly TopicSpec[]): void
  append(topic: string, records: readonly OutRecord[]): void
  /** Throws `topic_missing`. */
  ends(topic: string): TopicEnds
  /** Records of a partition from an offset on. */
  from(topic: string, partition: number, offset: number): readonly InRecord[]
  /** Calls `fn` in a microtask after something changed; returns how to stop. */
  onChange(fn: () => void): () => void
  changed(): void
}

const empty = (): PartitionLog => ({ low: 0, records: [] })
const highOf = ({ low, records }: PartitionLog) => low + records.length

/** Which partition a key goes to: always the same one. */
const partitionFor = (key: string, partitions: number): number => {
  let hash = 2166136261
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 16777619)
  return (hash >>> 0) % partitions
}

/** The error of a broker that does not answer. */
export const unavailable = () =>
  new FluxError('bus_unavailable', 'the broker is away', { retryable: true })

/** Tells many listeners, once per microtask, however much has changed. */
const createBell = () => {
  const listeners = new Set<() => void>()
  let rung = false
  const ring = () => {
    if (rung) return
    rung = true
    queueMicrotask(() => {
      rung = false
      for (const listener of [...listeners]) listener()
    })
  }
  const listen = (fn: () => void) => {
    listeners.add(fn)
    return () => void listeners.delete(fn)
  }
  return { ring, listen }
}

/** Topics and their records. */
const createStore = (clock: Clock) => {
  const topics = new Map<string, PartitionLog[]>()
  const logsOf = (topic: string): PartitionLog[] => {
    const logs = topics.get(topic)
    if (logs) return logs
    throw new FluxError('topic_missing', `there is no topic ${topic}`, { retryable: true })
  }
  const append = (topic: string, record: OutRecord) => {
    const logs = logsOf(topic)
    const partition = partitionFor(record.key, logs.length)
    const log = logs[partition] ?? empty()
    log.records.push({
      topic,
      partition,
      offset: highOf(log),
      timestamp: clock.now(),
      key: record.key,
      value: record.value === null ? null : Buffer.from(record.value),
      headers: { ...record.headers },
    })
  }
  return { topics, logsOf, append }
}

/** Makes a log in memory; `newId` names its epochs. */
export const createMemoryLog = (options: {
  readonly clock: Clock
  readonly newId?: () => string
}): MemoryLog => {
  const { clock } = options
  const newId = options.newId ?? (() => crypto.randomUUID())
  const { topics, logsOf, append } = createStore(clock)
  const bell = createBell()
  let isUp = true
  let epoch = newId()
  const changing =
    <A extends unknown[]>(fn: (...args: A) => void) =>
    (...args: A) => {
      fn(...args)
      bell.ring()
    }
  return {
    clock,
    up: () => isUp,
    goAway: changing(() => {
      isUp = false
    }),
    comeBack: changing(() => {
      isUp = true
    }),
    wipe: changing(() => {
      topics.clear()
      epoch = newId()
    }),
    trim: changing((topic: string, partition: number, low: number) => {
      const log = logsOf(topic)[partition]
      if (!log || low <= log.low) return
      log.records = log.records.slice(low - log.low)
      log.low = low
    }),
    recreate: changing((topic: string) => {
      topics.set(topic, logsOf(topic).map(empty))
    }),
    grow: changing((topic: string, partitions: number) => {
      const logs = logsOf(topic)
      while (logs.length < partitions) logs.push(empty())
    }),
    epoch: () => epoch,
    topics: () => [...topics.keys()],
    ensure: changing((specs: readonly TopicSpec[]) => {
      for (const { topic, partitions } of specs) {
        if (!topics.has(topic)) topics.set(topic, Array.from({ length: partitions }, empty))
      }
    }),
    append: changing((topic: string, records: readonly OutRecord[]) => {
      for (const record of records) append(topic, record)
    }),
    ends: (topic) => logsOf(topic).map((log) => ({ low: log.low, high: highOf(log) })),
    from: (topic, partition, offset) => {
      const log = topics.get(topic)?.[partition]
      return log ? log.records.slice(Math.max(0, offset - log.low)) : []
    },
    onChange: bell.listen,
    changed: bell.ring,
  }
}
