import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFrame } from './coinbase-frames.ts'

const ticker = {
  type: 'ticker',
  sequence: 88_000_000_123,
  product_id: 'SOL-USD',
  price: '171.5',
  open_24h: '160',
  volume_24h: '250000.25',
  low_24h: '158.01',
  high_24h: '173.90',
  volume_30d: '9100000.5',
  best_bid: '171.49',
  best_bid_size: '3.5',
  best_ask: '171.50',
  best_ask_size: '10.25',
  side: 'sell',
  time: '2026-03-01T12:00:00.123456Z',
  trade_id: 5_150_001,
  last_size: '0.75',
}

const match = {
  type: 'match',
  trade_id: 5_150_002,
  maker_order_id: '00000000-0000-4000-8000-000000000001',
  taker_order_id: '00000000-0000-4000-8000-000000000002',
  side: 'buy',
  size: '1.25',
  price: '171.4',
  product_id: 'SOL-USD',
  sequence: 88_000_000_130,
  time: '2026-03-01T12:00:01.000000Z',
}

const parse = (frame: object) => parseFrame(JSON.stringify(frame))

describe('a ticker frame', () => {
  it('has decimals of any scale as numbers and its time in milliseconds', () => {
    expect(parse(ticker)).toEqual({
      kind: 'ticker',
      ticker: {
        product_id: 'SOL-USD',
        sequence: 88_000_000_123,
        price: 171.5,
        open_24h: 160,
        high_24h: 173.9,
        low_24h: 158.01,
        volume_24h: 250_000.25,
        best_bid: 171.49,
        best_ask: 171.5,
        last_size: 0.75,
        side: 'sell',
        time: Date.UTC(2026, 2, 1, 12, 0, 0, 123),
        trade_id: 5_150_001,
      },
    })
  })

  it('says that it does not know where a new listing says zero, nothing or null', () => {
    const { low_24h, ...rest } = ticker
    const frame = parse({ ...rest, open_24h: '0', high_24h: null, volume_24h: '0' })
    expect(frame).toMatchObject({
      ticker: { open_24h: null, high_24h: null, low_24h: null, volume_24h: 0 },
    })
  })

  it.each([
    ['no price', { price: null }],
    ['a price of zero', { price: '0' }],
    ['a price that is no number', { price: '1,5' }],
    ['an infinite price', { price: '1e999' }],
    ['a product that is none', { product_id: '../etc' }],
    ['no trade id', { trade_id: null }],
    ['a side that is none', { side: 'both' }],
    ['a time that is none', { time: 'yesterday' }],
  ])('with %s is malformed', (_, patch) => {
    expect(parse({ ...ticker, ...patch })).toMatchObject({ kind: 'malformed', what: 'ticker' })
  })
})

describe('a match frame', () => {
  it("turns the maker's side into the taker's", () => {
    expect(parse(match)).toEqual({
      kind: 'match',
      history: false,
      trade: {
        kind: 'trade',
        product: 'SOL-USD',
        tradeId: 5_150_002,
        price: 171.4,
        size: 1.25,
        side: 'sell',
        at: Date.UTC(2026, 2, 1, 12, 0, 1),
      },
    })
  })

  it('is history when it is the last one before the subscription', () => {
    expect(parse({ ...match, type: 'last_match' })).toMatchObject({ kind: 'match', history: true })
  })
})

describe('other frames', () => {
  it('are heartbeats, also of a product that never traded', () => {
    const beat = { type: 'heartbeat', sequence: 9, product_id: 'NEW-USD', last_trade_id: 0 }
    expect(parse({ ...beat, time: '2026-03-01T12:00:01.000000Z' })).toEqual({
      kind: 'heartbeat',
      product: 'NEW-USD',
      lastTradeId: 0,
      at: Date.UTC(2026, 2, 1, 12, 0, 1),
    })
  })

  it('are the echo of subscriptions, with and without account ids, under any names', () => {
    const echo = {
      type: 'subscriptions',
      channels: [
        { name: 'matches', product_ids: ['B-USD', 'A-USD'], account_ids: null },
        { name: 'ticker', product_ids: ['A-USD'] },
        { name: 'status' },
      ],
    }
    expect(parse(echo)).toEqual({ kind: 'subscriptions', products: 2 })
  })

  it('are errors with and without a reason', () => {
    const error = { type: 'error', message: 'Failed to subscribe' }
    expect(parse(error)).toEqual({ kind: 'error', message: 'Failed to subscribe' })
    expect(parse({ ...error, reason: 'OLD-USD is delisted' })).toEqual({
      kind: 'error',
      message: 'Failed to subscribe: OLD-USD is delisted',
    })
  })

  it('are ignored when nobody knows their type', () => {
    expect(parse({ type: 'auction', product_id: 'SOL-USD' })).toEqual({
      kind: 'unknown',
      type: 'auction',
    })
    expect(parse({ type: 'constructor' })).toMatchObject({ kind: 'unknown' })
  })

  it.each(['', '{"type":"tick', '[]', 'null', '7', '{}', '{"type":7}'])(
    'are malformed when they are %j',
    (text) => expect(parseFrame(text).kind).toBe('malformed'),
  )

  it('never throw, whatever comes', () => {
    const types = fc.constantFrom('ticker', 'match', 'last_match', 'heartbeat', 'error', 'x')
    const object = fc
      .tuple(types, fc.dictionary(fc.constantFrom(...Object.keys(ticker)), fc.jsonValue()))
      .map(([type, rest]) => JSON.stringify({ ...rest, type }))
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), object), (text) => {
        expect(parseFrame(text).kind).toBeTypeOf('string')
      }),
    )
  })
})
