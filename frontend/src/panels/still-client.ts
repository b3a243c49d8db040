import type { ClientStatus, Counters, FluxClient, Held, RoomState, Samples } from '@flux/client'
import type { ChannelName, UserField, UserValues, ValueByName } from '@flux/contracts'

type Values = { readonly [Name in ChannelName]?: Readonly<Record<string, Held<ValueByName[Name]>>> }
type Records = {
  readonly [Name in ChannelName]?: Readonly<Record<string, readonly Held<ValueByName[Name]>[]>>
}

/** What a client that stands still holds; all of it may be left out. */
export interface StillContent {
  readonly status?: Partial<ClientStatus>
  /** Of every room; live by default. */
  readonly room?: RoomState
  readonly values?: Values
  readonly records?: Records
  readonly samples?: Readonly<Record<string, Samples>>
  readonly user?: Partial<UserValues>
  readonly presence?: Readonly<Record<string, number>>
  readonly counters?: Partial<Counters>
}

const nothing = () => undefined
const silent = () => nothing
const noKeys: readonly string[] = []
const noRecords: readonly never[] = []
const noSamples: Samples = { t: [], v: [] }

const keysOf = (values: Values): ((channel: ChannelName) => readonly string[]) => {
  const keys = new Map(
    Object.entries(values).map(([channel, held]) => [channel, Object.keys(held)] as const),
  )
  return (channel) => keys.get(channel) ?? noKeys
}

const noCounts: Counters = {
  ...{ accepted: 0, olderDropped: 0, duplicateDropped: 0, malformed: 0, unwanted: 0 },
  ...{ hydrates: 0, parts: 0, partsDropped: 0, epochs: 0, sessions: 0 },
  outcomes: { recovered: 0, snapshot: 0, reset: 0 },
}

/** A client that holds the given values, hears nothing and sends nothing: for pages that show states side by side. */
export const stillClient = (content: StillContent): FluxClient => {
  const { values = {}, records = {}, samples = {}, user = {}, presence = {} } = content
  const status: ClientStatus = {
    ...{ phase: 'live', since: 0, clockOffsetMs: 0, attempt: 0 },
    ...content.status,
  }
  const fields: Partial<UserValues> = { ...user }
  return {
    ...{ connect: nothing, close: nothing, reconnectNow: nothing, restore: nothing, want: silent },
    setMaxHz: nothing,
    ...{ onKey: silent, onKeys: silent, onStatus: silent, onRoom: silent, onUser: silent },
    onRecord: silent,
    read: (channel, key) => values[channel]?.[key],
    keys: keysOf(values),
    samples: (_channel, key) => samples[key] ?? noSamples,
    records: (channel, key) => records[channel]?.[key] ?? noRecords,
    status: () => status,
    room: () => content.room ?? 'live',
    history: () => Promise.resolve([]),
    setLocation: () => Promise.resolve({ suggestions: [] }),
    home: nothing,
    user: <Field extends UserField>(field: Field): UserValues[Field] | undefined => fields[field],
    setUser: nothing,
    presence: (room) => presence[room],
    cursor: () => ({}),
    counters: () => ({ ...noCounts, ...content.counters }),
  }
}
