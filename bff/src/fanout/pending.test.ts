import { cryptoTicker, cryptoTrades } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPending } from './pending.ts'

const frame = (channel: string, key: string, offset: number) => ({
  channel,
  key,
  wire: `${offset}`,
})

describe('pending frames', () => {
  it('hold the newest of every key of a latest channel, in ascending offset', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd')), (keys) => {
        const pending = createPending()
        keys.forEach((key, offset) => {
          pending.add('crypto.global', cryptoTicker, frame('crypto.ticker', key, offset))
        })
        const sent = (pending.take().get('crypto.global')?.frames ?? []).map((f) => Number(f.wire))
        expect(sent).toEqual([...sent].sort((a, b) => a - b))
        const newest = [...new Set(keys)].map((key) => keys.lastIndexOf(key))
        expect(new Set(sent)).toEqual(new Set(newest))
      }),
    )
  })

  it('hold every record of an ordered channel', () => {
    const pending = createPending()
    for (let i = 0; i < 5; i += 1) pending.add('r.x', cryptoTrades, frame('crypto.trades', 'k', i))
    expect(pending.take().get('r.x')?.frames).toHaveLength(5)
    expect(pending.isEmpty()).toBe(true)
  })

  it('turn into a resync when an ordered channel has more than is kept', () => {
    const pending = createPending()
    for (let i = 0; i < 5; i += 1)
      pending.add('r.x', cryptoTrades, frame('crypto.trades', 'k', i), 3)
    const pack = pending.take().get('r.x')
    expect(pack?.frames).toEqual([])
    expect(pack?.resyncs).toEqual(new Map([['crypto.trades', 'snapshot']]))
  })

  it('are replaced by a reset, which a later gap does not weaken', () => {
    const pending = createPending()
    pending.add('r.x', cryptoTicker, frame('crypto.ticker', 'k', 1))
    pending.resync('r.x', 'crypto.ticker', 'reset')
    pending.resync('r.x', 'crypto.ticker', 'snapshot')
    pending.add('r.x', cryptoTicker, frame('crypto.ticker', 'k', 2))
    const pack = pending.take().get('r.x')
    expect(pack?.frames).toEqual([])
    expect(pack?.resyncs.get('crypto.ticker')).toBe('reset')
  })
})
