import { type Channel, cryptoTicker, encodeMeta, entry, header } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRecord } from './decode.ts'

const ticker = {
  product: 'BTC-USD',
  price: 1.5,
  open24h: null,
  high24h: null,
  low24h: null,
  volume24h: null,
  volume24hUsd: null,
  change24hPercent: null,
  bestBid: null,
  bestAsk: null,
  lastSize: null,
  side: 'buy',
  tradeId: 7,
  sequence: 9,
  at: 1_000,
}

const headers = encodeMeta({
  schema: cryptoTicker.schemaId,
  source: 'coinbase',
  simulated: true,
  at: 1_000,
  producedAt: 1_001,
  id: 'x',
  version: 9,
})

const record = (part: {
  key?: string
  value?: Buffer | null
  headers?: Record<string, string>
}) => ({
  topic: cryptoTicker.topic,
  partition: 2,
  offset: 40,
  timestamp: 1_002,
  key: 'BTC-USD',
  value: Buffer.from(JSON.stringify(ticker)),
  headers,
  ...part,
})

describe('reading a record', () => {
  it.each([
    ['is recorded', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, true],
    ['is not recorded', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`, false],
    ['is malformed', '00-xyz-01', false],
    ['is not there', undefined, false],
  ])('hands its trace on to clients when that %s', (_, traceparent, isTold) => {
    const traced = { ...headers, ...(traceparent && { [header.traceparent]: traceparent }) }
    const decoded = decodeRecord(cryptoTicker, record({ headers: traced }))
    if (typeof decoded === 'string') throw new Error(decoded)
    expect(decoded.traceparent).toBe(isTold ? traceparent : undefined)
    expect(JSON.parse(decoded.wire).c).toBe(isTold ? traceparent : undefined)
  })

  it('makes the wire text from the record’s own bytes', () => {
    const decoded = decodeRecord(cryptoTicker, record({}))
    if (typeof decoded === 'string') throw new Error(decoded)
    expect(JSON.parse(decoded.wire)).toEqual({
      k: 'BTC-USD',
      d: ticker,
      t: 1_000,
      p: [2, 40],
      v: 9,
      s: 1,
    })
    expect(decoded).toMatchObject({ room: 'crypto.global', sample: 1.5, producedAt: 1_001 })
  })

  it('names what is wrong with a bad one', () => {
    const value = (text: string) => decodeRecord(cryptoTicker, record({ value: Buffer.from(text) }))
    expect(decodeRecord(cryptoTicker, record({ headers: {} }))).toBe('meta')
    const other = { ...headers, [header.schema]: 'crypto.ticker@9' }
    expect(decodeRecord(cryptoTicker, record({ headers: other }))).toBe('schema')
    expect(value('{')).toBe('json')
    expect(value('[]')).toBe('value')
    expect(value(JSON.stringify({ ...ticker, price: 0 }))).toBe('value')
    expect(value(JSON.stringify({ ...ticker, product: 'ETH-USD' }))).toBe('key')
    expect(value(' '.repeat(cryptoTicker.maxBytes + 1))).toBe('too_large')
  })

  it('takes a tombstone for a removal whose version is 0', () => {
    const decoded = decodeRecord(cryptoTicker, record({ value: null }))
    if (typeof decoded === 'string') throw new Error(decoded)
    expect(decoded).toMatchObject({ removed: true, version: 0 })
    expect(entry.parse(JSON.parse(decoded.wire)).d).toBeNull()
  })

  it('never throws, whatever the bytes', () => {
    const channel: Channel = cryptoTicker
    const bytes = fc.oneof(
      fc.uint8Array().map((b) => Buffer.from(b)),
      fc.json().map((j) => Buffer.from(j)),
      fc.constant(null),
    )
    const names = fc.constantFrom(...Object.values(header))
    fc.assert(
      fc.property(bytes, fc.string(), fc.dictionary(names, fc.string()), (value, key, extra) => {
        const decoded = decodeRecord(
          channel,
          record({ value, key, headers: { ...headers, ...extra } }),
        )
        if (typeof decoded !== 'string') JSON.parse(decoded.wire)
      }),
    )
  })
})
