import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sizeOf } from './records.ts'
import { byTopic, type Parcel, splitBySize, takeFlight } from './send-queue.ts'

const record = (key: string, size: number) => ({ key, value: 'x'.repeat(size), headers: {} })
const parcel = (topic: string, n: number, bytes: number): Parcel => ({
  topic,
  records: [record(String(n), 1)],
  bytes,
  at: 0,
  resolve: () => undefined,
  reject: () => undefined,
})

describe('splitBySize', () => {
  it('keeps all records in order, and every piece small unless one record is not', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { maxLength: 40 }), (sizes) => {
        const records = sizes.map((size, n) => record(String(n), size))
        const pieces = splitBySize(records, 1500)
        expect(pieces.flatMap((piece) => piece.records)).toEqual(records)
        for (const piece of pieces) {
          expect(piece.bytes).toBe(piece.records.reduce((sum, r) => sum + sizeOf(r), 0))
          expect(piece.bytes <= 1500 || piece.records.length === 1).toBe(true)
        }
      }),
    )
  })
})

describe('takeFlight', () => {
  it('empties a queue in order, at least one parcel at a time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 40 }), (sizes) => {
        const queue = sizes.map((bytes, n) => parcel('a', n, bytes))
        const all = [...queue]
        const taken: Parcel[] = []
        while (queue.length > 0) {
          const flight = takeFlight(queue, 1000)
          expect(flight.length).toBeGreaterThan(0)
          const bytes = flight.reduce((sum, p) => sum + p.bytes, 0)
          expect(bytes <= 1000 || flight.length === 1).toBe(true)
          taken.push(...flight)
        }
        expect(taken).toEqual(all)
      }),
    )
  })
})

describe('byTopic', () => {
  it('keeps the order within a topic', () => {
    const flight = [parcel('a', 1, 1), parcel('b', 2, 1), parcel('a', 3, 1)]
    const keys = [...byTopic(flight)].map(([topic, rs]) => [topic, rs.map((r) => r.key)])
    expect(keys).toEqual([
      ['a', ['1', '3']],
      ['b', ['2']],
    ])
  })
})
