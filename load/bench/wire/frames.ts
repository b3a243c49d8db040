import { Buffer } from 'node:buffer'

/** Where a connection is within its stream of frames. */
export interface FrameStream {
  /** Bytes of the current frame's payload that are still to come and that nobody looks at. */
  skip: number
  /** The beginning of a frame of which too little has come to look at it. */
  carry: Buffer | undefined
}

/** What a reader is made of. */
export interface FrameReaderOptions<S extends FrameStream> {
  /** Bytes of a payload that `onFrame` needs; a shorter frame is given whole. */
  readonly peek: number
  /** Most bytes read at a time. */
  readonly chunkBytes: number
  /** A frame: its payload begins at `start`; `end` is where the bytes that are here end, at least `peek` of them. */
  onFrame(stream: S, start: number, end: number): void
}

/** Reads the frames of all connections of a process through one buffer: nothing is allocated per frame. */
export interface FrameReader<S extends FrameStream> {
  /** All bytes: what has come, and before it room for what was carried over. */
  readonly buffer: Buffer
  /** The part that a socket reads into. */
  readonly chunk: Buffer
  /** Reads what has come from `start` to `end` of `buffer`. */
  read(stream: S, start: number, end: number): void
}

const longestHeader = 10

/** Length of the header of an unmasked frame at `at`, 0 when it is not all here (RFC 6455, section 5.2). */
const headerBytes = (buffer: Buffer, at: number, end: number): number => {
  if (end - at < 2) return 0
  const length = buffer[at + 1] ?? 0
  const bytes = length < 126 ? 2 : length === 126 ? 4 : longestHeader
  return end - at < bytes ? 0 : bytes
}

const payloadBytes = (buffer: Buffer, at: number, header: number): number => {
  if (header === 2) return buffer[at + 1] ?? 0
  if (header === 4) return buffer.readUInt16BE(at + 2)
  return buffer.readUInt32BE(at + 2) * 2 ** 32 + buffer.readUInt32BE(at + 6)
}

/** Makes a reader of server frames. It counts frames exactly, however the stream is cut. */
export const createFrameReader = <S extends FrameStream>(
  options: FrameReaderOptions<S>,
): FrameReader<S> => {
  const { peek, chunkBytes, onFrame } = options
  const room = Math.min(peek, 1 << 20) + longestHeader
  const buffer = Buffer.allocUnsafeSlow(room + chunkBytes)

  /** Puts what was carried over before what has come. */
  const restore = (stream: S, start: number): number => {
    const { carry } = stream
    if (!carry) return start
    stream.carry = undefined
    carry.copy(buffer, start - carry.length)
    return start - carry.length
  }
  const keep = (stream: S, at: number, end: number) => {
    if (end - at > room) throw new Error('a frame is longer than this reader takes')
    stream.carry = Buffer.from(buffer.subarray(at, end))
  }
  const read = (stream: S, start: number, end: number): void => {
    let at = restore(stream, start)
    while (at < end) {
      if (stream.skip > 0) {
        const skipped = Math.min(stream.skip, end - at)
        stream.skip -= skipped
        at += skipped
        continue
      }
      const header = headerBytes(buffer, at, end)
      if (header === 0) return void keep(stream, at, end)
      const payload = at + header
      const length = payloadBytes(buffer, at, header)
      if (end - payload < Math.min(length, peek)) return void keep(stream, at, end)
      const here = Math.min(payload + length, end)
      onFrame(stream, payload, here)
      stream.skip = payload + length - here
      at = here
    }
  }
  return { buffer, chunk: buffer.subarray(room), read }
}

const mask = Buffer.from([0x37, 0xfa, 0x21, 0x3d])

/** A masked text frame as a client sends it; at most 65,535 bytes of payload. */
export const clientFrame = (text: string): Buffer => {
  const payload = Buffer.from(text)
  const isShort = payload.length < 126
  const header = isShort ? Buffer.from([0x81, 0x80 | payload.length]) : Buffer.alloc(4)
  if (!isShort) {
    header.writeUInt16BE(0x81fe, 0)
    header.writeUInt16BE(payload.length, 2)
  }
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))
  return Buffer.concat([header, mask, masked])
}
