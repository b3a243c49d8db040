import type { Clock } from '../clock.ts'
import { createWindow, type Window } from '../flow/window.ts'
import type { Cache } from './port.ts'

/** A cache in memory that can be told to be away. */
export interface MemoryCache extends Cache {
  /** While away every call is a miss, as with a server that does not answer; what was stored stays. */
  setAway(away: boolean): void
}

interface Entry {
  readonly value: string
  /** Monotonic milliseconds. */
  readonly until: number
}

/** Makes a cache in memory; callers that share it share what is in it. At most `maxKeys` keys, the oldest go first. */
export const createMemoryCache = (options: { clock: Clock; maxKeys?: number }): MemoryCache => {
  const { clock, maxKeys = 10_000 } = options
  const entries = new Map<string, Entry>()
  const windows = new Map<string, Window>()
  let away = false

  const read = (key: string): string | undefined => {
    const entry = entries.get(key)
    if (!entry) return undefined
    if (entry.until > clock.monotonic()) return entry.value
    entries.delete(key)
    return undefined
  }
  const write = (key: string, value: string, ttlMs: number) => {
    entries.delete(key)
    entries.set(key, { value, until: clock.monotonic() + ttlMs })
    const [oldest] = entries.keys()
    if (entries.size > maxKeys && oldest !== undefined) entries.delete(oldest)
  }
  const windowOf = (key: string, limit: number, windowMs: number): Window => {
    const id = `${key} ${limit} ${windowMs}`
    const window = windows.get(id) ?? createWindow({ limit, windowMs, clock })
    windows.set(id, window)
    return window
  }

  return {
    get: async (key) => (away ? undefined : read(key)),
    getMany: async (keys) => keys.map((key) => (away ? undefined : read(key))),
    set: async (key, value, ttlMs) => {
      if (!away) write(key, value, ttlMs)
      return !away
    },
    claim: async (key, value, ttlMs) => {
      if (away) return 'unknown'
      if (read(key) !== undefined) return 'lost'
      write(key, value, ttlMs)
      return 'won'
    },
    delete: async (key) => !away && read(key) !== undefined && entries.delete(key),
    take: async (key, { want, limit, windowMs }) =>
      away ? undefined : windowOf(key, limit, windowMs).take(want),
    healthy: () => !away,
    close: async () => {
      entries.clear()
      windows.clear()
    },
    setAway: (value) => {
      away = value
    },
  }
}
