import { type Channel, decodeMeta, type RecordMeta, readsSchema } from '@flux/contracts'
import type { InRecord } from '../bus/port.ts'

/** A value as it lies on the bus. */
export interface Stored<V> {
  readonly key: string
  readonly value: V
  /** Time of the fact, epoch milliseconds. */
  readonly at: number
  readonly version: number
  readonly source: string
  readonly simulated: boolean
  readonly id: string
  readonly partition: number
  readonly offset: number
  /** Append time at the broker, epoch milliseconds. */
  readonly appendedAt: number
}

/** Why a record was skipped. */
export const badRecords = ['headers', 'schema', 'json', 'value'] as const

/** Why a record was skipped. */
export type BadRecord = (typeof badRecords)[number]

interface Candidate {
  readonly record: InRecord
  readonly meta: RecordMeta
}

/** Same partition: the higher offset, unless its version is lower (sent again late). Else the version, then the append time. */
const isNewer = (next: Candidate, held: Candidate): boolean => {
  if (next.record.partition === held.record.partition) {
    if (next.record.offset <= held.record.offset) return false
    return next.record.value === null || next.meta.version >= held.meta.version
  }
  if (next.meta.version !== held.meta.version) return next.meta.version > held.meta.version
  return next.record.timestamp > held.record.timestamp
}

const parseJson = (value: Buffer): { readonly json: unknown } | undefined => {
  try {
    return { json: JSON.parse(value.toString('utf8')) }
  } catch {
    return undefined
  }
}

const open = <V>(
  channel: Channel<string, V>,
  { record, meta }: Candidate,
  value: Buffer,
): Stored<V> | BadRecord => {
  if (!readsSchema(channel, meta.schema)) return 'schema'
  const parsed = parseJson(value)
  if (!parsed) return 'json'
  const checked = channel.schema.safeParse(parsed.json)
  if (!checked.success) return 'value'
  return {
    key: record.key,
    value: checked.data,
    at: meta.at,
    version: meta.version,
    source: meta.source,
    simulated: meta.simulated,
    id: meta.id,
    partition: record.partition,
    offset: record.offset,
    appendedAt: record.timestamp,
  }
}

/** Per key the records that were the newest one at some point, the newest last: bad ones fall back on those before. */
const candidatesByKey = (records: readonly InRecord[], onBad: (why: BadRecord) => void) => {
  const byKey = new Map<string, Candidate[]>()
  for (const record of records) {
    const meta = decodeMeta(record.headers)
    if (!meta) {
      onBad('headers')
      continue
    }
    const next = { record, meta }
    const held = byKey.get(record.key)
    const top = held?.at(-1)
    if (!held || !top) byKey.set(record.key, [next])
    else if (isNewer(next, top)) held.push(next)
  }
  return byKey
}

/** The newest good value per key of a channel's records; removed keys are left out, bad records are skipped and told. */
export const newestByKey = <V>(
  channel: Channel<string, V>,
  records: readonly InRecord[],
  onBad: (why: BadRecord) => void,
): Map<string, Stored<V>> => {
  const newest = new Map<string, Stored<V>>()
  for (const [key, candidates] of candidatesByKey(records, onBad)) {
    for (const candidate of candidates.toReversed()) {
      const { value } = candidate.record
      if (value === null) break
      const stored = open(channel, candidate, value)
      if (typeof stored === 'object') {
        newest.set(key, stored)
        break
      }
      onBad(stored)
    }
  }
  return newest
}
