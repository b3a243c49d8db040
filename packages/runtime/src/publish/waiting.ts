import type { OutRecord } from '../bus/port.ts'

/** What became of a record: appended, or made needless by a newer one of its key. */
export type Sent = 'ok' | 'superseded'

/** A record that waits to be sent. */
export interface Entry {
  readonly record: OutRecord
  readonly version: number
  /** Throws when the record must not be sent any more. Asked before every attempt. */
  guard(): void
  resolve(outcome: Sent): void
  reject(error: unknown): void
}

/** Records that wait, in the order in which they leave. */
export interface Waiting {
  /** False when there is no room. */
  add(entry: Entry): boolean
  /** Takes up to `count` from the front. */
  take(count: number): Entry[]
  /** Puts back to the front what could not be sent. */
  putBack(entries: readonly Entry[]): void
  size(): number
}

/** Every record, first come first sent. */
export const waitForAll = (limit: number): Waiting => {
  let entries: Entry[] = []
  return {
    add: (entry) => {
      if (entries.length >= limit) return false
      entries.push(entry)
      return true
    },
    take: (count) => entries.splice(0, count),
    putBack: (back) => {
      entries = [...back, ...entries]
    },
    size: () => entries.length,
  }
}

/** The newest of each key, in the order in which the keys were last set. A late one that is older than what waits is dropped. */
export const waitForNewest = (limit: number): Waiting => {
  let entries = new Map<string, Entry>()
  return {
    add: (entry) => {
      const { key } = entry.record
      const waiting = entries.get(key)
      if (!waiting && entries.size >= limit) return false
      if (waiting && waiting.version > entry.version) {
        entry.resolve('superseded')
        return true
      }
      waiting?.resolve('superseded')
      // Deleted first: a map keeps the old place of a key that is set again.
      entries.delete(key)
      entries.set(key, entry)
      return true
    },
    take: (count) => {
      const taken = [...entries.values()].slice(0, count)
      for (const entry of taken) entries.delete(entry.record.key)
      return taken
    },
    putBack: (back) => {
      const kept = back.filter((entry) => !entries.has(entry.record.key))
      for (const entry of back) if (entries.has(entry.record.key)) entry.resolve('superseded')
      entries = new Map([...kept.map((e) => [e.record.key, e] as const), ...entries])
    },
    size: () => entries.size,
  }
}
