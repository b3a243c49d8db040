import { type Channel, encodeMeta, maxAheadMs, type RecordMeta } from '@flux/contracts'
import type { OutRecord } from '../bus/port.ts'
import { ContractError } from '../errors.ts'

/** What a producer says about a value beside the value. */
export interface PublishOptions {
  /** Time of the fact in epoch milliseconds; by default what the channel reads from the value. */
  readonly at?: number
  /** Grows per key; by default what the channel reads from the value. */
  readonly version?: number
  /** The provider; by default the service. */
  readonly source?: string
  readonly simulated?: boolean
  /** When it was taken from its provider, epoch milliseconds: where its trace begins. */
  readonly receivedAt?: number
  /** Identity of the record; a new one by default. */
  readonly id?: string
  /** Aborted: the caller no longer waits, and what was not sent yet stays unsent. */
  readonly signal?: AbortSignal
}

/** What `toRecord` needs beside the value. */
export interface RecordContext {
  readonly service: string
  readonly now: number
  readonly traceparent: string | undefined
  readonly newId: () => string
}

/** A value ready to be sent. */
export interface Prepared {
  readonly record: OutRecord
  readonly version: number
  readonly at: number
  /** The fact's time was too far ahead of the clock and the clock's was taken. */
  readonly clamped: boolean
}

/** Why a value was refused; `kind` is the same for all values with the same fault. */
export class RefusedError extends ContractError {
  readonly kind: string

  constructor(channel: string, kind: string) {
    super(`a value of ${channel} breaks its contract: ${kind}`)
    this.kind = kind
  }
}

const isWhole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const parse = <V>(channel: Channel<string, V>, value: V): V => {
  const parsed = channel.schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  // Places in lists are no part of the kind: item 3 and item 7 have the same fault.
  const path = issue?.path.map((part) => (typeof part === 'number' ? '*' : String(part))) ?? []
  throw new RefusedError(channel.name, `${path.join('.') || 'value'}: ${issue?.code ?? 'invalid'}`)
}

const encode = <V>(channel: Channel<string, V>, data: V): string => {
  const json = JSON.stringify(data)
  if (Buffer.byteLength(json) <= channel.maxBytes) return json
  throw new RefusedError(channel.name, `larger than ${channel.maxBytes} bytes`)
}

const timeOf = (at: number, now: number) =>
  at > now + maxAheadMs ? { at: now, clamped: true } : { at, clamped: false }

const metaOf = (
  channel: Channel,
  context: RecordContext,
  options: PublishOptions & { readonly at: number; readonly version: number },
): RecordMeta => ({
  schema: channel.schemaId,
  source: options.source ?? context.service,
  simulated: options.simulated ?? false,
  at: options.at,
  producedAt: context.now,
  id: options.id ?? context.newId(),
  version: options.version,
  ...(context.traceparent && { traceparent: context.traceparent }),
})

/** Checks a value against its channel and encodes it with its headers. Throws `RefusedError`. */
export const toRecord = <V>(
  channel: Channel<string, V>,
  value: V,
  options: PublishOptions & { readonly context: RecordContext },
): Prepared => {
  const { context } = options
  const data = parse(channel, value)
  const said = Math.round(options.at ?? channel.atOf(data))
  const { at, clamped } = timeOf(said, context.now)
  const own = options.version ?? channel.versionOf(data)
  // A version that is the fact's time is clamped with it, or it would outrank the right ones for long.
  const version = clamped && own === said ? at : own
  if (!isWhole(at)) throw new RefusedError(channel.name, 'time is no whole number')
  if (!isWhole(version)) throw new RefusedError(channel.name, 'version is no whole number')
  const headers = encodeMeta(metaOf(channel, context, { ...options, at, version }))
  return {
    record: { key: channel.keyOf(data), value: encode(channel, data), headers },
    version,
    at,
    clamped,
  }
}

/** A record that removes a key. Its version outranks what the key had, its position decides. */
export const toTombstone = (
  channel: Channel,
  key: string,
  options: PublishOptions & { readonly context: RecordContext },
): Prepared => {
  const at = options.at ?? options.context.now
  const version = options.version ?? options.context.now
  const headers = encodeMeta(metaOf(channel, options.context, { ...options, at, version }))
  return { record: { key, value: null, headers }, version, at, clamped: false }
}
