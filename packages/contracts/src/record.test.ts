import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cryptoTicker } from './crypto.ts'
import { decodeMeta, encodeMeta, header, readsSchema } from './record.ts'

const time = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })

describe('record headers', () => {
  it('come back as they were written', () => {
    const meta = fc.record({
      schema: fc.constant(cryptoTicker.schemaId),
      source: fc.string({ minLength: 1 }),
      simulated: fc.boolean(),
      at: time,
      producedAt: time,
      id: fc.string({ minLength: 1 }),
      version: time,
    })
    fc.assert(
      fc.property(meta, (m) => {
        expect(decodeMeta(encodeMeta(m))).toEqual(m)
      }),
    )
  })

  it('are refused when one that is needed is missing or no number', () => {
    const good = encodeMeta({
      schema: 'crypto.ticker@1',
      source: 'coinbase',
      simulated: false,
      at: 1,
      producedAt: 1,
      id: 'x',
      version: 1,
    })
    for (const name of [header.at, header.version, header.id, header.schema]) {
      expect(decodeMeta({ ...good, [name]: '' }), name).toBeUndefined()
    }
    expect(decodeMeta({ ...good, [header.version]: '1e3' })).toBeUndefined()
  })

  it('name a schema that this build reads or not', () => {
    expect(readsSchema(cryptoTicker, 'crypto.ticker@1')).toBe(true)
    expect(readsSchema(cryptoTicker, 'crypto.ticker@2')).toBe(false)
  })
})
