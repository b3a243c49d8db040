import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrame } from './frame.ts'
import { createPending, type RoomPack } from './pending.ts'

const ticker = (key: string, offset: number) =>
  createFrame({ event: 'crypto.ticker', key, wire: `${offset}`, offset })
const trade = (offset: number) =>
  createFrame({ event: 'crypto.trades', key: undefined, wire: `${offset}`, offset })
const offsets = (pack: RoomPack | undefined) => pack?.frames.map((frame) => frame.offset) ?? []

describe('pending frames', () => {
  it('hold the newest of every key of a latest channel, in ascending offset', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd')), (keys) => {
        const pending = createPending()
        keys.forEach((key, offset) => {
          pending.add('r.x', ticker(key, offset))
        })
        const pack = pending.take().get('r.x')
        const sent = offsets(pack)
        expect(sent).toEqual([...sent].sort((a, b) => a - b))
        const newest = [...new Set(keys)].map((key) => keys.lastIndexOf(key))
        expect(new Set(sent)).toEqual(new Set(newest))
        expect((pack?.conflated ?? 0) + sent.length).toBe(keys.length)
      }),
    )
  })

  it('hold every record of an ordered channel', () => {
    const pending = createPending()
    for (let i = 0; i < 5; i += 1) pending.add('r.x', trade(i))
    expect(offsets(pending.take().get('r.x'))).toEqual([0, 1, 2, 3, 4])
    expect(pending.isEmpty()).toBe(true)
  })

  it('turn into a resync when an ordered channel has more than is kept', () => {
    const pending = createPending()
    for (let i = 0; i < 5; i += 1) pending.add('r.x', trade(i), 3)
    const pack = pending.take().get('r.x')
    expect(pack?.frames).toEqual([])
    expect(pack?.resyncs).toEqual(new Map([['crypto.trades', 'snapshot']]))
  })

  it('are replaced by a reset, which a later gap does not weaken', () => {
    const pending = createPending()
    pending.add('r.x', ticker('k', 1))
    pending.resync('r.x', 'crypto.ticker', 'reset')
    pending.resync('r.x', 'crypto.ticker', 'snapshot')
    pending.add('r.x', ticker('k', 2))
    const pack = pending.take().get('r.x')
    expect(pack?.frames).toEqual([])
    expect(pack?.resyncs.get('crypto.ticker')).toBe('reset')
  })

  it('taken in parts and merged are the same as collected at once', () => {
    const kind = fc.constantFrom('a', 'b', 'trade', 'take', 'reset')
    fc.assert(
      fc.property(fc.array(kind), (steps) => {
        const [parts, whole, merged] = [createPending(), createPending(), createPending()]
        for (const [offset, step] of steps.entries()) {
          if (step === 'take') merged.merge(parts.take())
          for (const each of step === 'take' ? [] : [parts, whole]) {
            if (step === 'reset') each.resync('r.x', 'crypto.ticker', 'reset')
            else each.add('r.x', step === 'trade' ? trade(offset) : ticker(step, offset))
          }
        }
        merged.merge(parts.take())
        const [one, other] = [merged.take().get('r.x'), whole.take().get('r.x')]
        expect(offsets(one)).toEqual(offsets(other))
        expect(one?.resyncs).toEqual(other?.resyncs)
      }),
    )
  })
})
