import { describe, expect, it } from 'vitest'
import { toMessage, toRecord } from './records.ts'

describe('toRecord', () => {
  const message = { offset: '12', timestamp: '1700000000000', key: null, value: null }

  it('reads text, buffers and repeated headers, and leaves out what is neither', () => {
    const headers = { a: Buffer.from('ä'), b: 'text', c: [Buffer.from('1'), '2'], d: null, e: 5 }
    const record = toRecord('t', 3, { ...message, headers })
    expect(record.headers).toEqual({ a: 'ä', b: 'text', c: '1' })
  })

  it('takes a record without key, value and headers', () => {
    expect(toRecord('t', 3, message)).toEqual({
      topic: 't',
      partition: 3,
      offset: 12,
      timestamp: 1_700_000_000_000,
      key: '',
      value: null,
      headers: {},
    })
  })
})

describe('toMessage', () => {
  it('keeps a tombstone a tombstone', () => {
    const message = toMessage({ key: 'k', value: null, headers: { h: '1' } })
    expect(message).toEqual({ key: 'k', value: null, headers: { h: '1' } })
  })
})
