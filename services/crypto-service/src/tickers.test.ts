import { cryptoTicker } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTickerGate, tickerOf } from './tickers.ts'

const wire = {
  product_id: 'ADA-USD',
  sequence: 9_000_000_000,
  price: 0.55,
  open_24h: 0.5,
  high_24h: 0.6,
  low_24h: 0.45,
  volume_24h: 1_000,
  best_bid: 0.549,
  best_ask: null,
  last_size: 12.5,
  side: 'buy' as const,
  time: 1_780_000_000_123,
  trade_id: 77,
}

describe('a ticker', () => {
  it('has its change in percent and its volume in USD', () => {
    const ticker = tickerOf(wire)
    expect(ticker.change24hPercent).toBeCloseTo(10)
    expect(ticker.volume24hUsd).toBeCloseTo(550)
    expect(ticker).toMatchObject({ product: 'ADA-USD', at: 1_780_000_000_123, tradeId: 77 })
    expect(cryptoTicker.schema.safeParse(ticker).success).toBe(true)
  })

  it('has no change where there is no opening price', () => {
    expect(tickerOf({ ...wire, open_24h: null }).change24hPercent).toBeNull()
  })

  it('has no volume in USD where the volume is not known', () => {
    expect(tickerOf({ ...wire, volume_24h: null }).volume24hUsd).toBeNull()
  })
})

describe('the gate of tickers', () => {
  it('goes on from the sequences that are published', () => {
    const gate = createTickerGate([['BTC-USD', 10]])
    expect(gate.admit('BTC-USD', 10)).toBe(false)
    expect(gate.admit('BTC-USD', 11)).toBe(true)
    expect(gate.admit('ETH-USD', 1)).toBe(true)
  })

  it('lets a product that was forgotten begin anew', () => {
    const gate = createTickerGate([['BTC-USD', 10]])
    expect(gate.forget('BTC-USD')).toBe(10)
    expect(gate.admit('BTC-USD', 10)).toBe(true)
  })

  it('lets through, per product, only what is higher than all before', () => {
    const frames = fc.array(fc.tuple(fc.constantFrom('A-USD', 'B-USD'), fc.nat(50)))
    fc.assert(
      fc.property(frames, (list) => {
        const gate = createTickerGate([])
        const seen = new Map<string, number>()
        for (const [product, sequence] of list) {
          const higher = sequence > (seen.get(product) ?? -1)
          expect(gate.admit(product, sequence)).toBe(higher)
          if (higher) seen.set(product, sequence)
        }
      }),
    )
  })
})
