import { type Channel, decodeMeta, matchesRoom, readsSchema } from '@flux/contracts'
import type { InRecord } from '@flux/runtime'

/** A record as a replica keeps it: its wire text and what is needed to compare it, no parsed tree. */
export interface Stored {
  readonly key: string
  readonly room: string
  /** The `Entry` of the browser protocol as JSON text. */
  readonly wire: string
  /** True for a tombstone, whose version is 0: any later value of the key may follow it. */
  readonly removed: boolean
  /** Time of the fact, epoch milliseconds. */
  readonly at: number
  /** When the producer made it, epoch milliseconds; what delivery latency is counted from. */
  readonly producedAt: number
  readonly version: number
  readonly partition: number
  readonly offset: number
  /** The broker's append time, epoch milliseconds. */
  readonly appendedAt: number
  /** The number that a sampled history keeps. */
  readonly sample: number | undefined
  /** W3C header of a record whose trace is recorded. */
  readonly traceparent?: string
}

/** Why a record is skipped. */
export const faults = ['meta', 'schema', 'too_large', 'json', 'value', 'key'] as const

/** Why a record is skipped. */
export type Fault = (typeof faults)[number]

interface WireParts {
  readonly record: InRecord
  readonly data: string
  readonly at: number
  readonly version: number
  readonly simulated: boolean
  readonly traceparent?: string | undefined
}

const wireOf = ({ record, data, at, version, simulated, traceparent }: WireParts): string =>
  `{"k":${JSON.stringify(record.key)},"d":${data},"t":${at},"p":[${record.partition},${record.offset}],"v":${version}${simulated ? ',"s":1' : ''}${traceparent ? `,"c":"${traceparent}"` : ''}}`

const parseJson = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

const sampleOf = (channel: Channel, value: unknown): number | undefined => {
  if (channel.history.kind !== 'sampled' || typeof value !== 'object' || value === null) return
  const number: unknown = Reflect.get(value, channel.history.column)
  return typeof number === 'number' ? number : undefined
}

/** Recorded: the last bit of the flags is set. */
const recordedForm = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f][13579bdf]$/

const traceOf = (traceparent: string | undefined): { readonly traceparent?: string } =>
  traceparent !== undefined && recordedForm.test(traceparent) ? { traceparent } : {}

/** Reads a record of a channel once: headers, size, JSON, schema, key and room. */
export const decodeRecord = (channel: Channel, record: InRecord): Stored | Fault => {
  const meta = decodeMeta(record.headers)
  if (!meta) return 'meta'
  if (!readsSchema(channel, meta.schema)) return 'schema'
  if ((record.value?.length ?? 0) > channel.maxBytes) return 'too_large'
  const room = channel.roomOf(record.key)
  if (!matchesRoom(channel.roomPattern, room)) return 'key'
  const trace = traceOf(meta.traceparent)
  const base = {
    key: record.key,
    room,
    at: meta.at,
    producedAt: meta.producedAt,
    version: meta.version,
    partition: record.partition,
    offset: record.offset,
    appendedAt: record.timestamp,
    ...trace,
  }
  if (record.value === null) {
    if (channel.delivery === 'ordered') return 'value'
    const none = { data: 'null', version: 0 }
    return {
      ...base,
      version: 0,
      wire: wireOf({ record, ...meta, ...none, traceparent: trace.traceparent }),
      removed: true,
      sample: undefined,
    }
  }
  const text = record.value.toString()
  const json = parseJson(text)
  if (!json) return 'json'
  const parsed = channel.schema.safeParse(json.value)
  if (!parsed.success) return 'value'
  if (channel.keyOf(parsed.data) !== record.key) return 'key'
  return {
    ...base,
    wire: wireOf({ record, ...meta, data: text, traceparent: trace.traceparent }),
    removed: false,
    sample: sampleOf(channel, parsed.data),
  }
}
