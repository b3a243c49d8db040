import {
  homeRoom,
  isNewerUpdate,
  type Place,
  toUserUpdate,
  type UserField,
  type UserState,
  type UserUpdate,
  userFields,
  userStateMessage,
} from '@flux/contracts'
import { refusalIn } from './ack.ts'
import type { Cancel, ClientClock } from './clock.ts'
import { FluxClientError } from './errors.ts'

/** Where the browser's copy of a user's fields is kept between visits; `text` is JSON. */
export interface UserStore {
  load(): string | null
  save(text: string): void
}

/** Where the user is at home, and the room that belongs to it. */
export interface HomePlace {
  readonly place: Place
  readonly room: string
}

/** What a copy works with. */
export interface UserCopyOptions {
  readonly clock: ClientClock
  readonly random: () => number
  readonly store: UserStore | undefined
  /** The server's time, epoch milliseconds. */
  serverNow(): number
  /** Sends to the server and resolves to its answer. */
  send(update: UserUpdate): Promise<unknown>
  changed(field: UserField): void
}

/** The client's copy of what is kept of its user. It fills the server's again where that has lost it. */
export interface UserCopy {
  state(field: UserField): UserState | undefined
  /** The same object until it changes. */
  home(): HomePlace | undefined
  /** Sets a field here at once, and at the server now or with the next session. Throws FluxClientError `bad_request`. */
  set(field: UserField, value: unknown): void
  /** The server has told a field. */
  told(state: UserState): void
  /** A session has begun: the server is told everything. */
  begin(): void
  end(): void
}

const defaultRetryMs = 1_000

const load = (store: UserStore | undefined): UserState[] => {
  try {
    const held: unknown = JSON.parse(store?.load() ?? '[]')
    const all: readonly unknown[] = Array.isArray(held) ? held : []
    return all.flatMap((one) => userStateMessage.safeParse(one).data ?? [])
  } catch {
    return []
  }
}

const isNewer = (a: UserState, b: UserState | undefined): boolean =>
  isNewerUpdate(toUserUpdate(a), b && toUserUpdate(b))

const homeOf = (state: UserState | undefined): HomePlace | undefined => {
  const place = state?.field === 'home' ? state.value : null
  return place ? { place, room: homeRoom(place.id) } : undefined
}

/** A copy that begins with what the store holds. */
export const createUserCopy = (options: UserCopyOptions): UserCopy => {
  const { store, changed } = options
  const states = new Map(load(store).map((state) => [state.field, state]))
  /** What the server has said or taken. */
  const confirmed = new Map<UserField, UserState>()
  let home = homeOf(states.get('home'))

  const put = (state: UserState) => {
    states.set(state.field, state)
    if (state.field === 'home') home = homeOf(state)
    store?.save(JSON.stringify([...states.values()]))
    changed(state.field)
  }
  const forget = (field: UserField) => {
    states.delete(field)
    if (field === 'home') home = undefined
    store?.save(JSON.stringify([...states.values()]))
    changed(field)
  }
  const set = (field: UserField, value: unknown) => {
    const ver = Math.max(options.serverNow(), (states.get(field)?.ver ?? 0) + 1)
    const parsed = userStateMessage.safeParse({ field, value, ver })
    if (!parsed.success) throw new FluxClientError('bad_request', `This is no value of ${field}`)
    put(parsed.data)
    sender.mark(field)
  }
  const sender = createSender(options, {
    state: (field) => states.get(field),
    taken: (state) => confirmed.set(state.field, state),
    refused(field) {
      const before = confirmed.get(field)
      confirmed.delete(field)
      // Said anew, so that the server, too, comes back to it.
      if (before) set(field, before.value)
      else forget(field)
    },
  })
  return {
    state: (field) => states.get(field),
    home: () => home,
    set,
    told(state) {
      confirmed.set(state.field, state)
      if (!isNewer(state, states.get(state.field))) return
      sender.unmark(state.field)
      put(state)
    },
    begin: sender.begin,
    end: sender.end,
  }
}

/** What the sender asks and tells of fields. */
interface Fields {
  state(field: UserField): UserState | undefined
  taken(state: UserState): void
  refused(field: UserField): void
}

/** Sends the fields that were marked, each one message after another, and again where the server asks to wait. */
const createSender = (options: UserCopyOptions, fields: Fields) => {
  const { clock, random } = options
  /** Stands for the session; `undefined` without one. */
  let session: object | undefined
  const marked = new Set<UserField>()
  const busy = new Set<UserField>()
  const timers = new Map<UserField, Cancel>()

  const push = (field: UserField) => {
    const state = fields.state(field)
    if (!session || !state || busy.has(field) || !marked.delete(field)) return
    busy.add(field)
    const own = session
    const settle = (answer?: unknown) => {
      if (session === own) answered(state, answer)
    }
    options.send(toUserUpdate(state)).then(settle, () => settle())
  }
  const answered = (state: UserState, answer: unknown) => {
    const { field } = state
    const refusal = refusalIn(answer)
    const waits = !answer || refusal?.code === 'busy' || refusal?.code === 'rate_limited'
    if (waits) {
      marked.add(field)
      const waitMs = (refusal?.retryAfterMs ?? defaultRetryMs) * (1 + random() / 4)
      timers.set(
        field,
        clock.after(Math.round(waitMs), () => again(field)),
      )
      return
    }
    busy.delete(field)
    if (!refusal) fields.taken(state)
    else if (fields.state(field) === state) fields.refused(field)
    push(field)
  }
  const again = (field: UserField) => {
    timers.delete(field)
    busy.delete(field)
    push(field)
  }
  const end = () => {
    session = undefined
    busy.clear()
    for (const cancel of timers.values()) cancel()
    timers.clear()
  }
  return {
    mark(field: UserField) {
      marked.add(field)
      push(field)
    },
    unmark: (field: UserField) => marked.delete(field),
    begin() {
      end()
      session = {}
      for (const field of userFields) {
        marked.add(field)
        push(field)
      }
    },
    end,
  }
}
