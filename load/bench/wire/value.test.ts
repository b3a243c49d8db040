import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fluxProtocol } from '../drivers/flux.ts'
import { peekOf } from './protocol.ts'
import { dueMicrosAt, encodeValue, isFinalAt, keyAt, keyOf, seqAt } from './value.ts'

const fields = fc.record({
  dueMicros: fc.nat({ max: 1_000_000_000_000 }),
  seq: fc.nat({ max: 1_000_000_000 }),
  key: fc.nat({ max: 99_999 }),
  isFinal: fc.boolean(),
  bytes: fc.integer({ min: 80, max: 600 }),
})

describe('a value', () => {
  it('is read from a frame where it stands, without parsing', () => {
    fc.assert(
      fc.property(fields, (value) => {
        const { eventPrefix, valueAt } = fluxProtocol()
        const text = encodeValue(value)
        const payload = `${eventPrefix}${keyOf(value.key)}","d":${text},"t":1,"p":[0,1],"v":1}]`
        const buffer = Buffer.from(payload)
        expect(text).toHaveLength(value.bytes)
        expect(payload.indexOf(text)).toBe(valueAt)
        expect(dueMicrosAt(buffer, valueAt)).toBe(value.dueMicros)
        expect(seqAt(buffer, valueAt)).toBe(value.seq)
        expect(keyAt(buffer, valueAt)).toBe(value.key)
        expect(isFinalAt(buffer, valueAt)).toBe(value.isFinal)
      }),
    )
  })

  it('is looked at no further than the peek', () => {
    const { valueAt } = fluxProtocol()
    const text = encodeValue({ dueMicros: 1, seq: 2, key: 12_345, isFinal: false, bytes: 100 })
    expect(text.slice(0, peekOf(fluxProtocol()) - valueAt)).toMatch(/"k":"K12345$/)
  })
})
