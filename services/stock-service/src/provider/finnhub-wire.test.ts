import { stockQuotes } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { marketWire, quoteWire, readMarket, readQuote } from './finnhub-wire.ts'

const now = 1_700_000_100_000
const wire = { c: 50.5, d: 0.5, dp: 1, h: 51, l: 49, o: 49.5, pc: 50, t: 1_700_000_000 }
const read = (body: unknown) => readQuote('ACME', quoteWire.parse(body), now)

describe('a quote', () => {
  it('is read with its time in milliseconds', () => {
    expect(read(wire)).toEqual({
      kind: 'quote',
      quote: {
        symbol: 'ACME',
        price: 50.5,
        change: 0.5,
        changePercent: 1,
        open: 49.5,
        high: 51,
        low: 49,
        previousClose: 50,
        at: 1_700_000_000_000,
      },
    })
  })

  it('of only zeros is of an unknown symbol', () => {
    expect(read({ c: 0, d: null, dp: null, h: 0, l: 0, o: 0, pc: 0, t: 0 }).kind).toBe('unknown')
  })

  it('without a price or a time is of no use', () => {
    expect(read({ ...wire, c: 0 }).kind).toBe('no_price')
    expect(read({ ...wire, t: 0 }).kind).toBe('no_price')
  })

  it('has its change computed where the provider leaves it out, and none without a last close', () => {
    const { d: _d, dp: _dp, ...early } = wire
    expect(read(early)).toMatchObject({ quote: { change: 0.5, changePercent: 1 } })
    expect(read({ ...wire, d: null, dp: null })).toMatchObject({ quote: { change: 0.5 } })
    expect(read({ ...wire, pc: 0 })).toMatchObject({
      quote: { change: null, changePercent: null, previousClose: null },
    })
  })

  it('has null where the provider writes 0', () => {
    expect(read({ ...wire, o: 0, h: 0, l: 0 })).toMatchObject({
      quote: { open: null, high: null, low: null },
    })
  })

  it('is never from the future', () => {
    expect(read({ ...wire, t: 1_700_000_999 })).toMatchObject({ quote: { at: now } })
  })

  it('fits the contract whatever numbers come', () => {
    const number = fc.oneof(fc.constant(0), fc.double({ min: -10, max: 1e6, noNaN: true }))
    const body = fc.record({
      ...{ c: number, h: number, l: number, o: number, pc: number, t: number },
      ...{ d: fc.option(number), dp: fc.option(number) },
    })
    fc.assert(
      fc.property(body, (numbers) => {
        const reply = read(numbers)
        if (reply.kind !== 'quote') return
        expect(stockQuotes.schema.safeParse(reply.quote).success).toBe(true)
      }),
    )
  })
})

describe('a market status', () => {
  const base = { exchange: 'US', holiday: null, isOpen: false, session: null, t: 1, timezone: 'x' }

  it.each([
    ['open', { isOpen: true, session: 'regular' }],
    ['pre', { session: 'pre-market' }],
    ['post', { session: 'post-market' }],
    ['closed', {}],
    ['closed', { session: 'something new' }],
    ['holiday', { holiday: 'Labor Day' }],
    ['pre', { holiday: 'Christmas Eve', session: 'pre-market' }],
    ['open', { isOpen: true, session: 'regular', holiday: 'Christmas Eve' }],
  ])('is %s', (status, patch) => {
    const word = readMarket(marketWire.parse({ ...base, ...patch }), now)
    expect(word).toMatchObject({ status, saidAt: now })
  })

  it('is refused when it is of another exchange or says nothing', () => {
    expect(marketWire.safeParse({ ...base, exchange: 'L' }).success).toBe(false)
    expect(marketWire.safeParse({ ...base, isOpen: null }).success).toBe(false)
  })
})
