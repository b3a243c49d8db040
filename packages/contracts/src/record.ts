import type { Channel } from './channel.ts'

/** Names of the record headers. */
export const header = {
  traceparent: 'traceparent',
  schema: 'flux-schema',
  source: 'flux-source',
  simulated: 'flux-simulated',
  at: 'flux-at',
  producedAt: 'flux-produced-at',
  id: 'flux-id',
  version: 'flux-version',
} as const

/** How far ahead of the clock a fact's time may be before it is clamped, in milliseconds. */
export const maxAheadMs = 60_000

/** What the headers of an event record say. */
export interface RecordMeta {
  /** Channel and schema version: `crypto.ticker@1`. */
  readonly schema: string
  /** The provider: `coinbase`. */
  readonly source: string
  readonly simulated: boolean
  /** Time of the fact, epoch milliseconds. */
  readonly at: number
  readonly producedAt: number
  /** Made once, before the first attempt to send. */
  readonly id: string
  /** Grows per key. */
  readonly version: number
  readonly traceparent?: string
}

/** The headers of a record. */
export const encodeMeta = (meta: RecordMeta): Record<string, string> => ({
  [header.schema]: meta.schema,
  [header.source]: meta.source,
  [header.at]: String(meta.at),
  [header.producedAt]: String(meta.producedAt),
  [header.id]: meta.id,
  [header.version]: String(meta.version),
  ...(meta.simulated && { [header.simulated]: 'true' }),
  ...(meta.traceparent && { [header.traceparent]: meta.traceparent }),
})

const wholeNumber = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}

/** What the headers say, or `undefined` when one that is needed is missing or no number. */
export const decodeMeta = (headers: Readonly<Record<string, string>>): RecordMeta | undefined => {
  const at = wholeNumber(headers[header.at])
  const version = wholeNumber(headers[header.version])
  const id = headers[header.id]
  const schema = headers[header.schema]
  if (at === undefined || version === undefined || !id || !schema) return undefined
  const traceparent = headers[header.traceparent]
  return {
    schema,
    source: headers[header.source] ?? 'unknown',
    simulated: headers[header.simulated] === 'true',
    at,
    producedAt: wholeNumber(headers[header.producedAt]) ?? at,
    id,
    version,
    ...(traceparent && { traceparent }),
  }
}

/** True when the record's schema is one that this build of the channel reads. */
export const readsSchema = (channel: Channel, schema: string): boolean =>
  schema === channel.schemaId
