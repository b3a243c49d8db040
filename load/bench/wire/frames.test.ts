import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientFrame, createFrameReader, type FrameStream } from './frames.ts'

const serverFrame = (payload: Buffer): Buffer => {
  const { length } = payload
  if (length < 126) return Buffer.concat([Buffer.from([0x81, length]), payload])
  if (length < 65_536) {
    return Buffer.concat([Buffer.from([0x81, 126, length >> 8, length & 255]), payload])
  }
  const header = Buffer.alloc(10)
  header.writeUInt16BE(0x817f, 0)
  header.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([header, payload])
}

const payloadOf = (length: number, seed: number) =>
  Buffer.from(Array.from({ length }, (_, i) => (i * 31 + seed) % 251))

const sizes = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.constantFrom(125, 126, 127, 65_535, 65_536, 70_000),
)

/** Reads a stream that is cut at the given places, as a socket would hand it over. */
const readCut = (stream: Buffer, cuts: readonly number[], peek: number) => {
  const seen: string[] = []
  const chunkBytes = 256 * 1_024
  const reader = createFrameReader<FrameStream>({
    peek,
    chunkBytes,
    onFrame: (_, start, end) => {
      seen.push(reader.buffer.toString('latin1', start, Math.min(end, start + peek)))
    },
  })
  const state: FrameStream = { skip: 0, carry: undefined }
  const start = reader.buffer.length - chunkBytes
  const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length]
  for (const [index, to] of places.entries()) {
    const from = places[index - 1] ?? 0
    for (let at = from; at < to; at += chunkBytes) {
      const piece = stream.subarray(at, Math.min(to, at + chunkBytes))
      piece.copy(reader.chunk)
      reader.read(state, start, start + piece.length)
    }
  }
  return seen
}

describe('the frame reader', () => {
  it('finds every frame and its beginning, wherever the stream is cut', () => {
    const cases = fc.record({
      lengths: fc.array(sizes, { minLength: 1, maxLength: 12 }),
      cuts: fc.array(fc.nat({ max: 150_000 }), { maxLength: 40 }),
      peek: fc.constantFrom(1, 40, 126, 1_000),
    })
    fc.assert(
      fc.property(cases, ({ lengths, cuts, peek }) => {
        const payloads = lengths.map(payloadOf)
        const stream = Buffer.concat(payloads.map(serverFrame))
        const inside = cuts.map((cut) => cut % (stream.length + 1))
        expect(readCut(stream, inside, peek)).toEqual(
          payloads.map((payload) => payload.toString('latin1', 0, peek)),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('finds every frame when each byte comes alone', () => {
    const payloads = [payloadOf(0, 1), payloadOf(5, 2), payloadOf(200, 3), payloadOf(1, 4)]
    const stream = Buffer.concat(payloads.map(serverFrame))
    const cuts = Array.from({ length: stream.length }, (_, i) => i)
    expect(readCut(stream, cuts, 64)).toEqual(payloads.map((p) => p.toString('latin1', 0, 64)))
  })

  it('hands over frames whole when asked to', () => {
    const payload = payloadOf(70_000, 5)
    const stream = serverFrame(payload)
    expect(readCut(stream, [3, 11, 40_000], Number.POSITIVE_INFINITY)).toEqual([
      payload.toString('latin1'),
    ])
  })
})

describe('a client frame', () => {
  it.each([2, 125, 126, 3_000])('says its length and masks %i bytes', (length) => {
    const text = 'a'.repeat(length)
    const frame = clientFrame(text)
    const header = length < 126 ? 2 : 4
    expect(frame[0]).toBe(0x81)
    expect((frame[1] ?? 0) & 0x80).toBe(0x80)
    const mask = frame.subarray(header, header + 4)
    const payload = frame.subarray(header + 4).map((byte, i) => byte ^ (mask[i % 4] ?? 0))
    expect(Buffer.from(payload).toString()).toBe(text)
  })
})
