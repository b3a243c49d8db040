import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFrame } from './finnhub-frames.ts'

const now = 1_700_000_000_500
const parse = (value: unknown) => parseFrame(JSON.stringify(value), now)
const item = { c: null, p: 12.5, s: 'ACME', t: 1_700_000_000_123, v: 3 }

describe('a frame', () => {
  it('may hold many trades of many symbols', () => {
    const other = { ...item, c: ['1', '12'], p: 99, s: 'BRK.B' }
    expect(parse({ type: 'trade', data: [item, other] })).toEqual({
      kind: 'trade',
      trades: [
        { symbol: 'ACME', price: 12.5, at: item.t },
        { symbol: 'BRK.B', price: 99, at: item.t },
      ],
      refused: 0,
    })
  })

  it('loses a bad trade, not the others', () => {
    const data = [item, { ...item, p: 0 }, { ...item, s: 'BINANCE:BTCUSDT' }, null]
    expect(parse({ type: 'trade', data })).toMatchObject({ trades: [{ at: item.t }], refused: 3 })
  })

  it('is never from the future', () => {
    expect(parse({ type: 'trade', data: [{ ...item, t: now + 9 }] })).toMatchObject({
      trades: [{ at: now }],
    })
  })

  it('may be a ping, an error with its words in msg, or something new', () => {
    expect(parse({ type: 'ping' })).toEqual({ kind: 'ping' })
    const error = { type: 'error', msg: 'Subscribing to too many symbols' }
    expect(parse(error)).toEqual({ kind: 'error', message: error.msg })
    expect(parse({ type: 'news', data: [] })).toEqual({ kind: 'unknown' })
  })

  it.each(['', '{', 'null', '[]', '{"type":7}', '{"type":"trade"}', '{"type":"error"}'])(
    'is malformed: %s',
    (text) => {
      expect(parseFrame(text, now)).toEqual({ kind: 'malformed' })
    },
  )

  it('is read whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseFrame(text, now).kind).toBeTypeOf('string')
      }),
    )
  })
})
