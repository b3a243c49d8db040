import type { Schedule } from './schedule.ts'

/** Is told that something has changed. */
export type Listener = () => void

/** Listeners by topic, told together once per flush. A topic is whatever a caller makes of it. */
export interface Notifier {
  /** Listens to a topic; the returned function stops it. */
  on(topic: string, listener: Listener): () => void
  /** Remembers that the topic has changed; its listeners are told at the next flush, once. */
  changed(topic: string): void
}

/** Tells listeners what changed, at most once per `schedule`. A listener that throws does not keep others from it. */
export const createNotifier = (schedule: Schedule): Notifier => {
  const listeners = new Map<string, Set<Listener>>()
  const dirty = new Set<string>()
  let scheduled = false

  const tell = (topic: string): unknown[] => {
    const failures: unknown[] = []
    for (const listener of [...(listeners.get(topic) ?? [])]) {
      try {
        listener()
      } catch (error) {
        failures.push(error)
      }
    }
    return failures
  }
  const flush = () => {
    scheduled = false
    const topics = [...dirty]
    dirty.clear()
    const failures = topics.flatMap(tell)
    if (failures.length > 0) throw new AggregateError(failures, 'A listener failed')
  }
  return {
    on(topic, listener) {
      const set = listeners.get(topic) ?? new Set()
      listeners.set(topic, set)
      // A listener that is registered twice has to be removed twice.
      const own = () => listener()
      set.add(own)
      return () => {
        set.delete(own)
        if (set.size === 0 && listeners.get(topic) === set) listeners.delete(topic)
      }
    },
    changed(topic) {
      if (!listeners.has(topic)) return
      dirty.add(topic)
      if (scheduled) return
      scheduled = true
      schedule(flush)
    },
  }
}

/** The topics of a client's notifier. */
export const topic = {
  status: 'status',
  key: (channel: string, key: string) => `key ${channel} ${key}`,
  keys: (channel: string) => `keys ${channel}`,
  room: (room: string) => `room ${room}`,
  user: (field: string) => `user ${field}`,
} as const
