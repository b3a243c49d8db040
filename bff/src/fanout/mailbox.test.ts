import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrame, type Frame, packedOf } from './frame.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'
import type { Resync } from './pending.ts'

const none: ReadonlyMap<string, Resync> = new Map()
const room = 'crypto.BTC-USD'
const value = (key: string, offset: number, partition = 0) =>
  createFrame({ event: 'crypto.candles', key, wire: `${offset}`, partition, offset })
const trade = (offset: number, partition = 0) =>
  createFrame({ event: 'crypto.trades', key: undefined, wire: `${offset}`, partition, offset })
const put = (mailbox: Mailbox, ...frames: Frame[]) => mailbox.add(room, { frames, resyncs: none })

const step = fc.record({
  kind: fc.constantFrom('value', 'trade', 'take'),
  key: fc.constantFrom('a', 'b', 'c'),
  partition: fc.constantFrom(0, 1),
})

describe('a mailbox', () => {
  it('gives ascending offsets, ends with the newest of every key, and knows all that it left out', () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const mailbox = createMailbox()
        const written = new Map<string, number>()
        const newest = new Map<string, number>()
        const trades: [partition: number, offset: number][] = []
        const told: [partition: number, offset: number][] = []
        let conflated = 0
        let values = 0
        let kept = 0
        const take = () => {
          const { frames, missed } = mailbox.take()
          kept += frames.length
          const last = new Map<number, number>()
          for (const { id = '', partition, offset } of frames) {
            expect(offset).toBeGreaterThan(last.get(partition) ?? -1)
            expect(offset).toBeGreaterThan(written.get(id) ?? -1)
            last.set(partition, offset)
            written.set(id, offset)
          }
          for (const { gaps } of missed)
            for (const [partition, { first, last: end }] of gaps)
              told.push(
                ...trades.filter(
                  ([p, offset]) => p === partition && offset >= first && offset <= end,
                ),
              )
          expect(mailbox.bytes()).toBe(0)
        }
        const addValue = (frame: Frame) => {
          newest.set(frame.id ?? '', frame.offset)
          values += 1
          conflated += put(mailbox, frame)
        }
        for (const [offset, { kind, key, partition }] of steps.entries()) {
          // A key has one partition.
          if (kind === 'value') addValue(value(key, offset, key === 'a' ? 0 : 1))
          if (kind === 'trade') {
            trades.push([partition, offset])
            put(mailbox, trade(offset, partition))
          }
          if (kind === 'take') take()
        }
        take()
        expect(written).toEqual(newest)
        expect(kept + conflated).toBe(values)
        const byOffset = (list: typeof trades) => list.toSorted(([, a], [, b]) => a - b)
        expect(byOffset(told)).toEqual(byOffset(trades))
      }),
    )
  })

  it('holds no more than the newest frame of every key, however much comes', () => {
    const mailbox = createMailbox()
    for (let i = 0; i < 10_000; i += 1) put(mailbox, value(`k${i % 50}`, i), trade(i))
    expect(mailbox.bytes()).toBeLessThanOrEqual(50 * packedOf(value('k1', 10_000)).length)
  })

  it('refers to frames that all mailboxes share', () => {
    const [one, other] = [createMailbox(), createMailbox()]
    const frame = value('a', 1)
    put(one, frame)
    put(other, frame)
    expect(one.take().frames[0]).toBe(other.take().frames[0])
  })

  it('leaves the values out of a channel that has to be told anew', () => {
    const mailbox = createMailbox()
    put(mailbox, value('a', 1), trade(2))
    const resyncs = new Map([['crypto.candles', 'reset' as const]])
    expect(mailbox.add(room, { frames: [value('b', 3)], resyncs })).toBe(2)
    const { frames, missed } = mailbox.take()
    expect(frames).toEqual([])
    expect(missed.map(({ channel, why }) => [channel, why])).toEqual([
      ['crypto.trades', 'gap'],
      ['crypto.candles', 'reset'],
    ])
  })

  it('forgets the rooms that its socket has left', () => {
    const mailbox = createMailbox()
    put(mailbox, value('a', 1), trade(2))
    mailbox.keep(new Set(['crypto.global']))
    expect(mailbox.take()).toEqual({ frames: [], missed: [] })
  })
})
