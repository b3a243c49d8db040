import { type Channel, matchesRoom, type Watermarks } from '@flux/contracts'
import * as z from 'zod'
import { type ChannelState, createChannelState } from './channel-state.ts'
import type { Stored } from './decode.ts'

/** The newest values of a `latest` channel as some replica knew them. */
export interface Snapshot {
  readonly channel: Channel
  /** Identity of the log that the positions belong to. */
  readonly epoch: string
  /** When it was made, epoch milliseconds. */
  readonly at: number
  /** The log was read up to here. */
  readonly heads: Watermarks
  readonly entries: readonly Stored[]
}

const offset = z.number().int().min(-1)

const layout = z.strictObject({
  schema: z.string(),
  epoch: z.string().min(1).max(64),
  at: offset,
  heads: z.record(z.string().regex(/^\d{1,5}$/), offset),
  /** The wire text says everything of an entry but two times: when it was produced and when appended. */
  entries: z.array(z.tuple([z.string(), z.number(), z.number()])),
})

const wireLayout = z.strictObject({
  k: z.string(),
  d: z.unknown(),
  t: z.number(),
  p: z.tuple([offset, offset]),
  v: z.number(),
  s: z.literal(1).optional(),
})

/** A snapshot as JSON text, or `undefined` when it would be larger than `maxBytes`. */
export const encodeSnapshot = (
  state: ChannelState,
  { epoch, at, maxBytes }: { epoch: string; at: number; maxBytes: number },
): string | undefined => {
  const stored = [...state.rooms()].flatMap((room) => [...room.newest.values()])
  // Looked at before the text is made: it would take as much memory again.
  if (stored.reduce((sum, { wire }) => sum + wire.length, 0) > maxBytes) return undefined
  const entries = stored.map(({ wire, producedAt, appendedAt }) => [wire, producedAt, appendedAt])
  const heads = state.heads()
  const text = JSON.stringify({ schema: state.channel.schemaId, epoch, at, heads, entries })
  return Buffer.byteLength(text) > maxBytes ? undefined : text
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isValueOf = (channel: Channel, key: string, value: unknown): boolean => {
  if (value === null) return true
  const parsed = channel.schema.safeParse(value)
  return parsed.success && channel.keyOf(parsed.data) === key
}

const entryOf = (
  channel: Channel,
  [wire, producedAt, appendedAt]: readonly [string, number, number],
): Stored | undefined => {
  const parsed = wireLayout.safeParse(parseJson(wire))
  if (!parsed.success) return undefined
  const { k: key, d: value, t: at, v: version } = parsed.data
  const room = channel.roomOf(key)
  if (!matchesRoom(channel.roomPattern, room) || !isValueOf(channel, key, value)) return undefined
  const times = { at, producedAt, appendedAt }
  const [partition, position] = parsed.data.p
  const what = { key, room, wire, version, removed: value === null, sample: undefined }
  return { ...what, ...times, partition, offset: position }
}

/** Reads a snapshot of a channel; `undefined` when anything in it is not as this build writes it. */
export const decodeSnapshot = (channel: Channel, text: string): Snapshot | undefined => {
  const parsed = layout.safeParse(parseJson(text))
  if (!parsed.success || parsed.data.schema !== channel.schemaId) return undefined
  const { epoch, at, heads } = parsed.data
  const entries = parsed.data.entries.map((entry) => entryOf(channel, entry))
  const known = entries.filter((entry) => entry !== undefined)
  return known.length === entries.length ? { channel, epoch, at, heads, entries: known } : undefined
}

/** A channel as its snapshot has it, without what is over at `now` (epoch milliseconds). */
export const stateOfSnapshot = (snapshot: Snapshot, now: number): ChannelState => {
  const state = createChannelState(snapshot.channel)
  state.restore(snapshot.entries, snapshot.heads)
  state.sweep(now)
  return state
}
