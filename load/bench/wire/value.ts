import type { Buffer } from 'node:buffer'

/**
 * The value of a bench record. All fields have a fixed width, so that a client finds them in a frame without parsing:
 * `{"m":1…,"s":1…,"f":0,"k":"K00000","pad":"…"}`. Whoever passes the value on has to keep the order of its fields.
 */
interface BenchValue {
  /** When the record was due, microseconds of `monotonicMicros` plus `microsBase`. */
  readonly m: number
  /** Number of the record within its run plus `seqBase`. */
  readonly s: number
  /** 1 for the last record of its key in a run. */
  readonly f: 0 | 1
  readonly k: string
  readonly pad: string
}

/** Makes `m` 16 digits long, whatever the uptime. */
const microsBase = 1_000_000_000_000_000
/** Makes `s` ten digits long. */
const seqBase = 1_000_000_000

const at = { micros: 5, seq: 26, final: 41, key: 48 } as const
const digits = { micros: 16, seq: 10, key: 5 } as const
const zero = 48

/** Bytes from a value's beginning that a client has to see. */
export const peekBytes = 54

/** Key number `index`: six characters. */
export const keyOf = (index: number): string => `K${String(index).padStart(digits.key, '0')}`

/** What a record says, in plain numbers. */
export interface ValueFields {
  readonly dueMicros: number
  readonly seq: number
  readonly key: number
  readonly isFinal: boolean
  /** Length of the whole value in bytes; at least 64. */
  readonly bytes: number
}

/** The JSON text of a value. */
export const encodeValue = ({ dueMicros, seq, key, isFinal, bytes }: ValueFields): string => {
  const value: BenchValue = {
    m: microsBase + dueMicros,
    s: seqBase + seq,
    f: isFinal ? 1 : 0,
    k: keyOf(key),
    pad: '',
  }
  const text = JSON.stringify(value)
  return `${text.slice(0, -2)}${'x'.repeat(Math.max(0, bytes - text.length))}"}`
}

const readDigits = (buffer: Buffer, start: number, count: number): number => {
  let number = 0
  for (let i = start; i < start + count; i += 1) number = number * 10 + (buffer[i] ?? zero) - zero
  return number
}

/** When the record was due, in microseconds; `start` is where the value begins. */
export const dueMicrosAt = (buffer: Buffer, start: number): number =>
  readDigits(buffer, start + at.micros, digits.micros) - microsBase

/** The record's number within its run. */
export const seqAt = (buffer: Buffer, start: number): number =>
  readDigits(buffer, start + at.seq, digits.seq) - seqBase

/** The number of the record's key. */
export const keyAt = (buffer: Buffer, start: number): number =>
  readDigits(buffer, start + at.key + 1, digits.key)

/** True for the last record of its key. */
export const isFinalAt = (buffer: Buffer, start: number): boolean =>
  buffer[start + at.final] === zero + 1
