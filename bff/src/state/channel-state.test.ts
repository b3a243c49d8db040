import { cryptoCandles, cryptoTicker, cryptoTrades } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChannelState, createChannelState } from './channel-state.ts'
import type { Stored } from './decode.ts'
import { stored } from './stored.fixture.ts'

const feed = (state: ChannelState, entries: readonly Stored[]) => {
  for (const entry of entries) {
    state.apply(entry)
    state.advance(entry.partition, entry.offset)
  }
}

const trade = (offset: number) => stored({ key: 'BTC-USD', room: 'crypto.BTC-USD', offset })
const trades = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => trade(from + i))

describe('recovery of an ordered channel', () => {
  it('sends exactly what was missed while the ring reaches back to the cursor', () => {
    const state = createChannelState(cryptoTrades)
    feed(state, trades(0, 500))
    const all = Object.fromEntries(Array.from({ length: 6 }, (_, p) => [p, -1]))
    const { outcome, entries } = state.recover('crypto.BTC-USD', { ...all, 0: 320 })
    expect(outcome).toBe('recovered')
    expect(entries.map((e) => e.offset)).toEqual(Array.from({ length: 179 }, (_, i) => 321 + i))
  })

  it('says recovered if and only if the cursor is at the floor or above', () => {
    const state = createChannelState(cryptoTrades)
    feed(state, trades(0, 500))
    expect(state.recover('crypto.BTC-USD', { 0: 299 }).outcome).toBe('recovered')
    expect(state.recover('crypto.BTC-USD', { 0: 298 }).outcome).toBe('snapshot')
  })

  it('does not claim what was never read', () => {
    const state = createChannelState(cryptoTrades)
    state.raiseFloor(0, 1_000)
    expect(state.recover('crypto.BTC-USD', { 0: 900 }).outcome).toBe('snapshot')
    feed(state, trades(1_000, 1_003))
    expect(state.recover('crypto.BTC-USD', { 0: 998 }).outcome).toBe('snapshot')
    expect(state.recover('crypto.BTC-USD', { 0: 999 }).entries).toHaveLength(3)
  })

  it('does not claim what a hole in the middle has swallowed', () => {
    const state = createChannelState(cryptoTrades)
    feed(state, trades(0, 10))
    expect(state.raiseFloor(0, 100)).toBe(true)
    feed(state, trades(100, 105))
    expect(state.recover('crypto.BTC-USD', { 0: 9 }).outcome).toBe('snapshot')
    expect(state.recover('crypto.BTC-USD', { 0: 99 }).entries).toHaveLength(5)
  })

  it('still has what was read when the log loses its beginning', () => {
    const state = createChannelState(cryptoTrades)
    feed(state, trades(0, 10))
    expect(state.raiseFloor(0, 8)).toBe(false)
    expect(state.recover('crypto.BTC-USD', { 0: 2 }).entries).toHaveLength(7)
  })

  it('keeps no room for what its retention is over for, and does not claim it either', () => {
    const state = createChannelState(cryptoTrades)
    const { retentionMs } = cryptoTrades.ages
    const products = Array.from({ length: 50 }, (_, i) => `P${i}-USD`)
    feed(
      state,
      products.map((key, offset) =>
        stored({ key, room: `crypto.${key}`, offset, appendedAt: offset }),
      ),
    )
    state.sweep(retentionMs + 1_000)
    expect([...state.rooms()]).toEqual([])
    expect(state.recover('crypto.P7-USD', { 0: 6 }).outcome).toBe('snapshot')
    feed(state, [stored({ key: 'P7-USD', room: 'crypto.P7-USD', offset: 60 })])
    expect(state.recover('crypto.P7-USD', { 0: 6 }).outcome).toBe('snapshot')
    const upToDate = Object.fromEntries(Array.from({ length: 6 }, (_, p) => [p, 59]))
    expect(state.recover('crypto.P7-USD', upToDate)).toMatchObject({ outcome: 'recovered' })
  })

  it('bounds its rings by its keys', () => {
    const state = createChannelState(cryptoTrades)
    const count = cryptoTrades.maxKeys + 20
    for (let offset = 0; offset < count; offset += 1)
      feed(state, [stored({ key: `P${offset}-USD`, room: `crypto.P${offset}-USD`, offset })])
    state.sweep(0)
    expect([...state.rooms()]).toHaveLength(cryptoTrades.maxKeys)
  })

  it('loses and doubles nothing, wherever the client was cut off', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: -1, max: 599 }),
        (count, cut) => {
          const state = createChannelState(cryptoTrades)
          feed(state, trades(0, count))
          const { outcome, entries } = state.recover('crypto.BTC-USD', {
            0: Math.min(cut, count - 1),
          })
          const wanted = trades(Math.min(cut, count - 1) + 1, count).map((e) => e.offset)
          if (outcome === 'recovered') expect(entries.map((e) => e.offset)).toEqual(wanted)
          else expect(wanted.length).toBeGreaterThan(200)
        },
      ),
    )
  })
})

describe('recovery of a latest channel', () => {
  const keys = ['A-USD', 'B-USD', 'C-USD']
  const arbitrary = fc.array(
    fc.record({ key: fc.constantFrom(...keys), version: fc.nat(50), removed: fc.boolean() }),
  )

  it('brings a client to the newest value of every key from any cut', () => {
    fc.assert(
      fc.property(arbitrary, fc.nat(60), (steps, cutAt) => {
        const state = createChannelState(cryptoTicker)
        const log = steps.map((s, offset) =>
          stored({ ...s, version: s.removed ? 0 : s.version, offset }),
        )
        const cut = Math.min(cutAt, log.length)
        feed(state, log.slice(0, cut))
        const client = new Map(
          state.recover('crypto.global', undefined).entries.map((e) => [e.key, e]),
        )
        const cursor = state.heads()
        feed(state, log.slice(cut))
        const { outcome, entries } = state.recover('crypto.global', cursor)
        for (const entry of entries) {
          if (entry.removed) client.delete(entry.key)
          else client.set(entry.key, entry)
        }
        const truth = state.recover('crypto.global', undefined).entries
        expect(outcome).toBe('recovered')
        expect([...client.values()].sort((a, b) => a.offset - b.offset)).toEqual(truth)
      }),
    )
  })

  it('forgets what its retention is over for, and no longer claims removals it has forgotten', () => {
    const state = createChannelState(cryptoTicker)
    const { retentionMs } = cryptoTicker.ages
    feed(state, [
      stored({ key: 'A-USD', offset: 0, appendedAt: 0 }),
      stored({ key: 'B-USD', offset: 1, appendedAt: 10, removed: true }),
    ])
    state.sweep(retentionMs + 1)
    expect(state.room('crypto.global')?.newest.has('A-USD')).toBe(false)
    expect(state.recover('crypto.global', { 0: 0 }).outcome).toBe('recovered')
    state.sweep(retentionMs + 24 * 3_600_000)
    expect(state.recover('crypto.global', { 0: 0 }).outcome).toBe('snapshot')
  })
})

describe('candles', () => {
  const candle = (minute: number, offset: number) =>
    stored({ key: `BTC-USD@${minute}`, room: 'crypto.BTC-USD', version: minute * 1_000, offset })

  it('keep the newest 240 of a product, and the cold form holds only the newest', () => {
    const state = createChannelState(cryptoCandles)
    feed(
      state,
      Array.from({ length: 300 }, (_, i) => candle(i, i)),
    )
    const room = state.room('crypto.BTC-USD')
    expect(room?.keysOfGroup('BTC-USD')).toHaveLength(240)
    expect(room?.keysOfGroup('BTC-USD').at(0)).toBe('BTC-USD@60')
    expect(state.recover('crypto.BTC-USD', undefined).entries.map((e) => e.key)).toEqual([
      'BTC-USD@299',
    ])
  })

  it('show the newest one that was not removed', () => {
    const state = createChannelState(cryptoCandles)
    feed(state, [candle(1, 0), candle(2, 1), { ...candle(2, 2), version: 0, removed: true }])
    const { entries } = state.recover('crypto.BTC-USD', undefined)
    expect(entries.map((e) => e.key)).toEqual(['BTC-USD@1'])
  })

  it('does not bring back a candle that is older than those it keeps', () => {
    const state = createChannelState(cryptoCandles)
    feed(
      state,
      Array.from({ length: 300 }, (_, i) => candle(i, i)),
    )
    expect(state.apply(candle(3, 1_000))).toBe(false)
  })
})
