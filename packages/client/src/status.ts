import type { ClientStatus } from './types.ts'

/** The status in one place: it is replaced as a whole, and only when something in it changes. */
export interface StatusBoard {
  get(): ClientStatus
  /** Takes the fields over. A new phase sets `since`. */
  set(change: Partial<Omit<ClientStatus, 'since'>>): void
}

/** A board that begins as `connecting`. `now` is the client's time, epoch milliseconds. */
export const createStatusBoard = (now: () => number, changed: () => void): StatusBoard => {
  let status: ClientStatus = { phase: 'connecting', since: now(), clockOffsetMs: 0, attempt: 0 }
  return {
    get: () => status,
    set(change) {
      const fields = Object.entries(change)
      if (fields.every(([field, value]) => Reflect.get(status, field) === value)) return
      const same = change.phase === undefined || change.phase === status.phase
      status = { ...status, ...change, since: same ? status.since : now() }
      changed()
    },
  }
}
