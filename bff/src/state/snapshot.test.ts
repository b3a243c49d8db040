import { cryptoMovers, cryptoTicker } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createChannelState } from './channel-state.ts'
import { decodeSnapshot, encodeSnapshot, stateOfSnapshot } from './snapshot.ts'
import { isShorter } from './snapshot-states.ts'
import { stored } from './stored.fixture.ts'

const value = (n: number, product: string) => ({
  ...{ product, price: n + 1, open24h: null, high24h: null, low24h: null, volume24h: null },
  ...{ volume24hUsd: null, change24hPercent: null, bestBid: null, bestAsk: null, lastSize: null },
  ...{ side: 'buy', tradeId: n, sequence: n, at: n },
})

const products = ['BTC-USD', 'ETH-USD', 'SOL-USD', 'ADA-USD'] as const

/** A record as the tail would have stored it. */
const record = (offset: number, product: string, removed = false) => {
  const wire = {
    ...{ k: product, d: removed ? null : value(offset, product), t: offset },
    ...{ p: [0, offset], v: removed ? 0 : offset },
  }
  const times = { at: offset, producedAt: offset + 1, appendedAt: offset + 2 }
  const version = wire.v
  return stored({ key: product, offset, removed, version, ...times, wire: JSON.stringify(wire) })
}

const made = { epoch: 'e', at: 5, maxBytes: 1_000_000 }

const textOf = (change: (layout: Record<string, unknown>) => unknown = (same) => same): string => {
  const state = createChannelState(cryptoTicker)
  state.apply(record(0, 'BTC-USD'))
  state.advance(0, 0)
  return JSON.stringify(change(JSON.parse(encodeSnapshot(state, made) ?? '')))
}

describe('a snapshot', () => {
  it('is read as it was written: every newest value with its position, tombstones too', () => {
    const step = fc.record({ product: fc.constantFrom(...products), removed: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const state = createChannelState(cryptoTicker)
        steps.forEach(({ product, removed }, offset) => {
          state.apply(record(offset, product, removed))
          state.advance(0, offset)
        })
        const text = encodeSnapshot(state, made) ?? ''
        const snapshot = decodeSnapshot(cryptoTicker, text)
        expect(snapshot).toMatchObject({ epoch: 'e', at: 5, heads: state.heads() })
        const held = [...(state.room('crypto.global')?.newest.values() ?? [])]
        expect(snapshot?.entries).toEqual(held)
        if (!snapshot) return
        const restored = stateOfSnapshot(snapshot, 0)
        expect(restored.heads()).toEqual(state.heads())
        expect([...(restored.room('crypto.global')?.newest.values() ?? [])]).toEqual(held)
      }),
    )
  })

  it('is not made when it would be too large', () => {
    const state = createChannelState(cryptoTicker)
    state.apply(record(0, 'BTC-USD'))
    const size = Buffer.byteLength(encodeSnapshot(state, made) ?? '')
    expect(encodeSnapshot(state, { ...made, maxBytes: size })).toBeDefined()
    expect(encodeSnapshot(state, { ...made, maxBytes: size - 1 })).toBeUndefined()
  })

  it('is refused as a whole when anything in it is not as it should be', () => {
    expect(decodeSnapshot(cryptoTicker, textOf())).toBeDefined()
    expect(decodeSnapshot(cryptoMovers, textOf())).toBeUndefined()
    const good = record(1, 'ETH-USD').wire
    const bad: readonly string[] = [
      ...['', '{', 'null', '[]', '"x"', textOf().slice(0, -1)],
      textOf((layout) => ({ ...layout, schema: 'crypto.ticker@9' })),
      textOf((layout) => ({ ...layout, heads: { x: 1 } })),
      textOf((layout) => ({ ...layout, epoch: '' })),
      ...[
        '{"k":1',
        '{}',
        good.replace('"ETH-USD"', '"BTC-USD"'),
        good.replace('"price":2', '"price":-2'),
        good.replaceAll('ETH-USD', '__proto__'),
      ].map((wire) => textOf((layout) => ({ ...layout, entries: [[wire, 1, 1]] }))),
      textOf((layout) => ({ ...layout, entries: [[good, '1', 1]] })),
    ]
    for (const text of bad) expect(decodeSnapshot(cryptoTicker, text), text).toBeUndefined()
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(decodeSnapshot(cryptoTicker, text)).toBeUndefined()
      }),
    )
  })

  it('is complete for a client that has seen as much, and the cold form for others', () => {
    const snapshot = decodeSnapshot(cryptoTicker, textOf())
    if (!snapshot) throw new Error('no snapshot')
    const state = stateOfSnapshot(snapshot, 0)
    expect(state.recover('crypto.global', { 0: 0 }).outcome).toBe('recovered')
    expect(state.recover('crypto.global', { 0: -1 }).outcome).toBe('snapshot')
    expect(state.recover('crypto.global', undefined).entries).toHaveLength(1)
  })

  it('leaves out what is over by the time it is read', () => {
    const snapshot = decodeSnapshot(cryptoTicker, textOf())
    if (!snapshot) throw new Error('no snapshot')
    const state = stateOfSnapshot(snapshot, cryptoTicker.ages.retentionMs + 3)
    expect([...state.rooms()]).toEqual([])
  })

  it('tells a log that ends before it', () => {
    expect(isShorter({ 0: 5, 1: -1 }, { 0: 5, 1: -1 })).toBe(false)
    expect(isShorter({ 0: 5, 1: -1 }, { 0: 5, 1: 0 })).toBe(true)
    expect(isShorter({}, { 0: 0 })).toBe(true)
  })
})
