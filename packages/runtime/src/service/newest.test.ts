import { cryptoMovers, encodeMeta } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InRecord } from '../bus/port.ts'
import { type BadRecord, newestByKey } from './newest.ts'

const value = (at: number) => ({ at, gainers1h: [], losers1h: [], gainers24h: [], losers24h: [] })

const record = (
  offset: number,
  version: number,
  changes: Partial<InRecord> & { json?: unknown; schema?: string } = {},
): InRecord => ({
  topic: cryptoMovers.topic,
  partition: 0,
  offset,
  timestamp: offset,
  key: 'global',
  value: Buffer.from(JSON.stringify(changes.json ?? value(version))),
  headers: encodeMeta({
    schema: changes.schema ?? cryptoMovers.schemaId,
    source: 'coingecko',
    simulated: true,
    at: version,
    producedAt: version,
    id: `id-${offset}`,
    version,
  }),
  ...changes,
})

const newest = (records: readonly InRecord[]) => {
  const bad: BadRecord[] = []
  const found = newestByKey(cryptoMovers, records, (why) => bad.push(why))
  return { found, bad, version: found.get('global')?.version }
}

describe('newestByKey', () => {
  it('tells the value with its position and what its headers say', () => {
    expect(newest([record(3, 10)]).found.get('global')).toEqual({
      key: 'global',
      value: value(10),
      at: 10,
      version: 10,
      source: 'coingecko',
      simulated: true,
      id: 'id-3',
      partition: 0,
      offset: 3,
      appendedAt: 3,
    })
  })

  it('takes the higher offset of a partition, unless its version is lower', () => {
    expect(newest([record(0, 1), record(1, 5), record(2, 3)]).version).toBe(5)
    expect(newest([record(0, 5), record(1, 5)]).found.get('global')?.offset).toBe(1)
  })

  it('takes the higher version of another partition, then the later append', () => {
    const other = (offset: number, version: number) => record(offset, version, { partition: 1 })
    expect(newest([record(9, 5), other(1, 6)]).version).toBe(6)
    expect(newest([record(9, 5), other(1, 4)]).version).toBe(5)
    expect(newest([record(9, 5), other(10, 5)]).found.get('global')?.partition).toBe(1)
  })

  it('leaves removed keys out, until they come again', () => {
    const removed = record(1, 6, { value: null })
    expect(newest([record(0, 5), removed]).found.size).toBe(0)
    expect(newest([record(0, 5), removed, record(2, 7)]).version).toBe(7)
  })

  it('falls back on the good one before a bad one, and tells why it was bad', () => {
    const { version, bad } = newest([
      record(0, 1),
      record(1, 2, { json: { at: 'soon' } }),
      record(2, 3, { value: Buffer.from('{') }),
      record(3, 4, { schema: 'crypto.movers@9' }),
      record(4, 5, { headers: {} }),
    ])
    expect(version).toBe(1)
    expect(bad).toEqual(['headers', 'schema', 'json', 'value'])
  })

  it('finds the last one of growing versions, in whatever order partitions come', () => {
    const positions = fc.array(fc.nat(3), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(positions, fc.boolean(), (partitions, backwards) => {
        const records = partitions.map((partition, i) => record(i, i, { partition }))
        const order = [0, 1, 2, 3].flatMap((p) => records.filter((r) => r.partition === p))
        const grouped = backwards
          ? [3, 2, 1, 0].flatMap((p) => order.filter((r) => r.partition === p))
          : order
        expect(newest(grouped).version).toBe(partitions.length - 1)
      }),
    )
  })
})
