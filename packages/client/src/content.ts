import type { Channel, Entry, HydrateMessage } from '@flux/contracts'
import { compareLatest, compareOrdered, compareReplica, type Verdict } from './newer.ts'
import { createRing, type Ring } from './ring.ts'
import { columnOf, createSampleRing, noSamples, type SampleRing } from './samples.ts'
import type { Held, Samples } from './types.ts'

/** Sampled history as a hydrate brings it: key → columns. */
export type Columns = NonNullable<HydrateMessage['channels'][string]['history']>

/** Is told what changed in a channel. */
export interface ContentEvents {
  key(channel: string, key: string): void
  keys(channel: string): void
}

/** What is held of one channel. */
export interface Content {
  readonly channel: Channel
  held(key: string): Held | undefined
  /** Stable until the set of keys changes. */
  keys(): readonly string[]
  /** `ordered`: the newest records of a key in order. Stable until they change. */
  records(key: string): readonly Held[]
  /** Sampled history of a key. Stable until it changes. */
  samples(key: string): Samples
  /** What the channel's rule says of a record beside what is held. */
  judge(entry: Entry): Verdict
  /** Puts a record in, or removes its key: the caller has judged it. */
  put(entry: Entry, receivedAt: number): void
  /** Shows a value of an earlier visit where there is none. True when it did. */
  restore(key: string, held: Held): boolean
  /** `ordered`: puts records in behind the newest one, where they belong. */
  backfill(key: string, records: readonly Held[]): void
  /** Joins sampled history into what is there. */
  addHistory(columns: Columns): void
  /** Removes every key for which `stays` says no. */
  retain(stays: (key: string, held: Held) => boolean): void
  /** Forgets what is older than `at` (epoch milliseconds). */
  sweep(at: number): void
}

const noRecords: readonly Held[] = []
const defaultRingSize = 200

const ruleOf = (channel: Channel) => {
  if (!channel.onKafka) return compareReplica
  return channel.delivery === 'ordered' ? compareOrdered : compareLatest
}

/** A record as the client holds it. Its data were checked by the server against the channel's schema. */
export const toHeld = (entry: Entry, receivedAt: number): Held => ({
  value: entry.d,
  at: entry.t,
  position: entry.p,
  version: entry.v,
  simulated: entry.s === 1,
  receivedAt,
})

/** An empty channel. */
export const createContent = (channel: Channel, events: ContentEvents): Content => {
  const values = new Map<string, Held>()
  const histories = createHistories(channel)
  const judge = ruleOf(channel)
  let keyList: readonly string[] | undefined

  const store = (key: string, held: Held) => {
    if (!values.has(key)) {
      keyList = undefined
      events.keys(channel.name)
    }
    values.set(key, held)
    events.key(channel.name, key)
  }
  const remove = (key: string) => {
    histories.remove(key)
    if (values.delete(key)) {
      keyList = undefined
      events.keys(channel.name)
    }
    events.key(channel.name, key)
  }
  const retain = (stays: (key: string, held: Held) => boolean) => {
    for (const [key, held] of values) if (!stays(key, held)) remove(key)
    histories.prune((key) => values.has(key))
  }
  return {
    channel,
    held: (key) => values.get(key),
    keys() {
      keyList ??= [...values.keys()]
      return keyList
    },
    records: (key) => histories.rings.get(key)?.view() ?? noRecords,
    samples: (key) => histories.sampled.get(key)?.view() ?? noSamples,
    judge: (entry) => judge(values.get(entry.k), entry),
    put(entry, receivedAt) {
      if (entry.d === null) return remove(entry.k)
      const held = toHeld(entry, receivedAt)
      histories.add(entry.k, held)
      store(entry.k, held)
    },
    restore(key, held) {
      if (values.has(key)) return false
      store(key, held)
      return true
    },
    backfill(key, records) {
      if (records.length === 0) return
      const ring = histories.ring(key)
      const changed = ring.backfill(records)
      const newest = ring.newest()
      if (changed && newest) store(key, newest)
    },
    addHistory(columns) {
      for (const [key, samples] of Object.entries(columns)) {
        if (histories.merge(key, samples)) events.key(channel.name, key)
      }
    },
    retain,
    sweep(at) {
      retain((_, held) => held.at >= at)
      for (const [key, ring] of histories.rings) {
        if (ring.dropBefore(at)) events.key(channel.name, key)
      }
    },
  }
}

const ringSize = ({ history }: Channel): number =>
  history.kind === 'newest' ? history.count : defaultRingSize

/** Rings and samples of a channel's keys; which of the two, if any, is the channel's choice. */
const createHistories = (channel: Channel) => {
  const rings = new Map<string, Ring>()
  const sampled = new Map<string, SampleRing>()
  const rule = channel.history.kind === 'sampled' ? channel.history : undefined
  const ordered = channel.delivery === 'ordered'

  const ring = (key: string): Ring => {
    const found = rings.get(key) ?? createRing(ringSize(channel))
    rings.set(key, found)
    return found
  }
  const samplesOf = (key: string, sampling: NonNullable<typeof rule>): SampleRing => {
    const found = sampled.get(key) ?? createSampleRing(sampling)
    sampled.set(key, found)
    return found
  }
  return {
    rings,
    sampled,
    ring,
    add(key: string, held: Held) {
      if (ordered) ring(key).push(held)
      if (!rule) return
      const value = columnOf(held.value, rule.column)
      if (value !== undefined) samplesOf(key, rule).add(held.at, value)
    },
    merge(key: string, samples: Samples): boolean {
      if (rule) samplesOf(key, rule).merge(samples)
      return rule !== undefined
    },
    remove(key: string) {
      rings.delete(key)
      sampled.delete(key)
    },
    /** A hydrate may bring the history of a key whose value is gone. */
    prune(known: (key: string) => boolean) {
      for (const key of sampled.keys()) if (!known(key)) sampled.delete(key)
    },
  }
}
