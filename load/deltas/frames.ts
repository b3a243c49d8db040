import { Buffer } from 'node:buffer'
import type { InRecord } from '@flux/runtime'

/** A record as it is sent to browsers, whole and as what changed since the one before of its key. */
export interface Pair {
  /** Time it was appended at, epoch milliseconds. */
  readonly at: number
  readonly full: string
  readonly delta: string
}

type Fields = Readonly<Record<string, unknown>>

const parse = (record: InRecord): Fields => JSON.parse(String(record.value))

/** The fields of `next` that differ from `before`. */
export const changedFields = (before: Fields, next: Fields): Fields =>
  Object.fromEntries(Object.entries(next).filter(([name, value]) => before[name] !== value))

const head = ({ key, partition, offset }: InRecord, at: number, version: string) =>
  `"k":${JSON.stringify(key)},"t":${at},"p":[${partition},${offset}],"v":${version}`

/** What a browser is sent for a record: `d` is the value, `c` the changed fields of it. */
const pairOf = (event: string, record: InRecord, before: Fields | undefined) => {
  const fields = parse(record)
  const { 'flux-at': at = '0', 'flux-version': version = '0' } = record.headers
  const own = head(record, Number(at), version)
  const name = JSON.stringify(event)
  const full = `42[${name},{${own},"d":${String(record.value)}}]`
  const delta = before
    ? `42[${name},{${own},"c":${JSON.stringify(changedFields(before, fields))}}]`
    : full
  return { pair: { at: record.timestamp, full, delta } satisfies Pair, fields }
}

/** Both forms of every record of one channel, in the order of their append. */
export const pairsOf = (event: string, records: readonly InRecord[]): readonly Pair[] => {
  const newest = new Map<string, Fields>()
  return records
    .toSorted((a, b) => a.timestamp - b.timestamp || a.offset - b.offset)
    .map((record) => {
      const { pair, fields } = pairOf(event, record, newest.get(record.key))
      newest.set(record.key, fields)
      return pair
    })
}

const frame = (text: string): Buffer => {
  const payload = Buffer.from(text)
  const header =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255])
  return Buffer.concat([header, payload])
}

/** The frames of every tick joined, as the fan-out writes them. */
export const packed = (
  pairs: readonly Pair[],
  tickMs: number,
  of: (pair: Pair) => string,
): readonly Buffer[] =>
  [...Map.groupBy(pairs, ({ at }) => Math.floor(at / tickMs)).values()].map((tick) =>
    Buffer.concat(tick.map((pair) => frame(of(pair)))),
  )
