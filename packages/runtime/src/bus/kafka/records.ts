import type { Message } from 'kafkajs'
import type { InRecord, OutRecord } from '../port.ts'

/** A message as kafkajs decodes it; both its kinds fit. */
export interface FetchedMessage {
  readonly offset: string
  readonly timestamp: string
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers?: Readonly<Record<string, unknown>>
}

const textOf = (value: unknown): string | undefined => {
  const first: unknown = Array.isArray(value) ? value[0] : value
  if (typeof first === 'string') return first
  return Buffer.isBuffer(first) ? first.toString() : undefined
}

const headersOf = (headers: FetchedMessage['headers']): Record<string, string> => {
  const result: Record<string, string> = {}
  if (!headers) return result
  for (const name of Object.keys(headers)) {
    const text = textOf(headers[name])
    if (text !== undefined) result[name] = text
  }
  return result
}

/** A fetched message as a record of ours. Of a header that is given several times the first counts. */
export const toRecord = (topic: string, partition: number, message: FetchedMessage): InRecord => ({
  topic,
  partition,
  offset: Number(message.offset),
  timestamp: Number(message.timestamp),
  key: message.key?.toString() ?? '',
  value: message.value,
  headers: headersOf(message.headers),
})

/** A record as kafkajs sends it. */
export const toMessage = (record: OutRecord): Message => ({
  key: record.key,
  value: record.value,
  headers: { ...record.headers },
})

/** About how many bytes a record takes on the wire; headers are counted as 256. */
export const sizeOf = (record: OutRecord): number =>
  record.key.length + Buffer.byteLength(record.value ?? '') + 256
