/** Pieces of Kafka's wire format, as its protocol guide has them (https://kafka.apache.org/protocol). */

const sized = (bytes: number, write: (buffer: Buffer) => void): Buffer => {
  const buffer = Buffer.alloc(bytes)
  write(buffer)
  return buffer
}

/** INT8. */
export const int8 = (value: number): Buffer => sized(1, (b) => b.writeInt8(value))
const int16 = (value: number) => sized(2, (b) => b.writeInt16BE(value))
/** INT32. */
export const int32 = (value: number): Buffer => sized(4, (b) => b.writeInt32BE(value))

const uvarint = (value: number): Buffer => {
  const bytes: number[] = []
  let rest = value
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80)
  return Buffer.from([...bytes, rest])
}

/** STRING of the older, inflexible versions. */
export const string = (text: string): Buffer =>
  Buffer.concat([int16(Buffer.byteLength(text)), Buffer.from(text)])

/** ARRAY of the older, inflexible versions. */
export const array = (items: readonly Buffer[]): Buffer =>
  Buffer.concat([int32(items.length), ...items])

/** COMPACT_BYTES, or COMPACT_STRING for text. */
export const compact = (value: Buffer | string): Buffer =>
  Buffer.concat([uvarint(Buffer.byteLength(value) + 1), Buffer.from(value)])

/** COMPACT_ARRAY. */
export const compactArray = (items: readonly Buffer[]): Buffer =>
  Buffer.concat([uvarint(items.length + 1), ...items])

/** No tagged fields: the end of every structure, and of the header, in flexible versions. */
export const noTags = Buffer.from([0])

/** Takes an answer apart from its start to its end. Throws RangeError when it is shorter than what is asked for. */
export interface Reader {
  int8(): number
  int16(): number
  int32(): number
  /** STRING or NULLABLE_STRING. */
  string(): string | null
  /** COMPACT_STRING or COMPACT_NULLABLE_STRING. */
  compact(): string | null
  /** ARRAY. */
  array<T>(item: () => T): T[]
  /** COMPACT_ARRAY. */
  compactArray<T>(item: () => T): T[]
  /** Skips tagged fields. */
  tags(): void
}

/** A reader of these bytes. */
export const createReader = (bytes: Buffer): Reader => {
  let at = 0
  const take = (length: number) => {
    if (at + length > bytes.length) throw new RangeError('the answer is shorter than expected')
    at += length
    return at - length
  }
  const unsigned = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = bytes.readUInt8(take(1))
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
  const text = (length: number) => {
    if (length < 0) return null
    const from = take(length)
    return bytes.toString('utf8', from, from + length)
  }
  const list = <T>(length: number, item: () => T): T[] =>
    Array.from({ length: Math.max(0, length) }, item)
  const reader: Reader = {
    int8: () => bytes.readInt8(take(1)),
    int16: () => bytes.readInt16BE(take(2)),
    int32: () => bytes.readInt32BE(take(4)),
    string: () => text(reader.int16()),
    compact: () => text(unsigned() - 1),
    array: (item) => list(reader.int32(), item),
    compactArray: (item) => list(unsigned() - 1, item),
    tags: () => {
      for (let left = unsigned(); left > 0; left -= 1) {
        unsigned()
        take(unsigned())
      }
    },
  }
  return reader
}
