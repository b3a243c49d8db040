import { describe, expect, it } from 'vitest'
import { changedFields, packed, pairsOf } from './frames.ts'

const record = (offset: number, value: object, timestamp = offset) => ({
  ...{ topic: 't', partition: 0, offset, timestamp, key: 'A' },
  value: Buffer.from(JSON.stringify(value)),
  headers: { 'flux-at': '5', 'flux-version': String(offset) },
})

describe('field deltas', () => {
  it('hold what changed, and the whole value first', () => {
    const pairs = pairsOf('x', [record(1, { a: 1, b: 2 }), record(2, { a: 1, b: 3 })])
    expect(pairs[0]?.delta).toBe(pairs[0]?.full)
    expect(pairs[1]?.delta).toBe('42["x",{"k":"A","t":5,"p":[0,2],"v":2,"c":{"b":3}}]')
    expect(pairs[1]?.full).toBe('42["x",{"k":"A","t":5,"p":[0,2],"v":2,"d":{"a":1,"b":3}}]')
  })

  it('know a field that became unknown', () => {
    expect(changedFields({ a: 1, b: 2 }, { a: null, b: 2 })).toEqual({ a: null })
  })

  it('are packed by tick', () => {
    const records = [record(1, {}, 101), record(2, {}, 109), record(3, {}, 110)]
    expect(packed(pairsOf('x', records), 10, (p) => p.full)).toHaveLength(2)
  })
})
