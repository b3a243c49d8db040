import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closeRange, createTradeLine, type LineStep, type TradeRange } from './trade-line.ts'
import { trade as tradeOf } from './trades.fixture.ts'
import type { TradeRecord } from './values.ts'

const trade = (tradeId: number) => tradeOf(tradeId, { at: tradeId * 10 })

const line = (lastId?: number, maxWaiting = 100) =>
  createTradeLine('BTC-USD', { lastId, maxWaiting })

/** `5` for a trade, `5..7` for a gap. */
const shown = (records: readonly TradeRecord[]) =>
  records.map((r) => (r.kind === 'gap' ? `${r.fromTradeId}..${r.tradeId}` : String(r.tradeId)))

describe('a trade line', () => {
  it('takes the trade that comes on subscribing as history when nothing is known', () => {
    const l = line()
    expect(l.trade(trade(7), true)).toEqual({ records: [] })
    expect(shown(l.trade(trade(8), false).records)).toEqual(['8'])
  })

  it('begins with the first match when no history comes', () => {
    expect(shown(line().trade(trade(7), false).records)).toEqual(['7'])
  })

  it('drops what it has already', () => {
    const l = line(7)
    expect(l.trade(trade(7), false).dropped).toBe('duplicate')
    expect(l.trade(trade(3), true).dropped).toBe('duplicate')
  })

  it('lets live trades wait until a gap is filled, then hands on all in order', () => {
    const l = line(7)
    expect(l.trade(trade(10), false)).toEqual({ records: [], fill: { from: 8, to: 9 } })
    expect(l.trade(trade(11), false)).toEqual({ records: [] })
    const range = l.filling() ?? { from: 0, to: 0 }
    expect(shown(l.filled(range, [trade(9), trade(8)], 0).records)).toEqual(['8', '9', '10', '11'])
    expect(l.filling()).toBeUndefined()
  })

  it('fills from the last published trade to the one that came on subscribing', () => {
    const l = line(7)
    expect(l.trade(trade(9), true).fill).toEqual({ from: 8, to: 8 })
  })

  it('marks what could not be had', () => {
    const l = line(7)
    const { fill } = l.trade(trade(12), false)
    expect(shown(l.filled(fill ?? { from: 0, to: 0 }, [trade(10)], 5).records)).toEqual([
      '8..9',
      '10',
      '11..11',
      '12',
    ])
  })

  it('believes a heartbeat that is ahead only when the next one still finds the trade missing', () => {
    const l = line(7)
    expect(l.heartbeat(8)).toEqual({ records: [] })
    expect(l.heartbeat(9)).toEqual({ records: [], fill: { from: 8, to: 8 } })
  })

  it('has no gap when the trade follows its heartbeat', () => {
    const l = line(7)
    l.heartbeat(8)
    l.trade(trade(8), false)
    expect(l.heartbeat(9)).toEqual({ records: [] })
  })

  it('learns from a heartbeat where a product stands that has not traded since', () => {
    const l = line()
    l.heartbeat(0)
    expect(shown(l.trade(trade(1), false).records)).toEqual(['1'])
  })

  it('drops more than may wait, and finds them missing afterwards', () => {
    const l = line(7, 2)
    l.trade(trade(9), false)
    l.trade(trade(10), false)
    expect(l.trade(trade(11), false).dropped).toBe('overflow')
    const range = l.filling() ?? { from: 0, to: 0 }
    expect(shown(l.filled(range, [trade(8)], 0).records)).toEqual(['8', '9', '10'])
    expect(l.trade(trade(12), false).fill).toEqual({ from: 11, to: 11 })
  })

  it('starts the next fill when what waited has a gap of its own', () => {
    const l = line(7)
    l.trade(trade(9), false)
    l.trade(trade(12), false)
    const step = l.filled(l.filling() ?? { from: 0, to: 0 }, [trade(8)], 0)
    expect(shown(step.records)).toEqual(['8', '9'])
    expect(step.fill).toEqual({ from: 10, to: 11 })
  })

  it('goes back when a trade was not published, and forgets a fill that is under way', () => {
    const l = line(7)
    l.trade(trade(8), false)
    const { fill } = l.trade(trade(10), false)
    l.rewind(8)
    expect(l.filled(fill ?? { from: 0, to: 0 }, [trade(9)], 0)).toEqual({ records: [] })
    expect(l.trade(trade(11), false).fill).toEqual({ from: 8, to: 10 })
  })
})

/** Ids in the order handed on; a range with a hole in it or an overlap throws. */
const covered = (records: readonly TradeRecord[], after: number): number =>
  records.reduce((last, record) => {
    const from = record.kind === 'gap' ? record.fromTradeId : record.tradeId
    if (from !== last + 1) throw new Error(`${from} after ${last}`)
    return record.tradeId
  }, after)

describe('a line over any stream', () => {
  const streams = fc.record({
    /** For every id: whether the stream carries it, how often, whether REST has it. */
    ids: fc.array(
      fc.record({ sent: fc.integer({ min: 0, max: 2 }), rest: fc.boolean(), beat: fc.boolean() }),
      { minLength: 1, maxLength: 120 },
    ),
    /** How many inputs later a fill is answered. */
    delay: fc.integer({ min: 0, max: 8 }),
    maxWaiting: fc.integer({ min: 1, max: 20 }),
  })

  it('hands on every id once and in order, as a trade or in a gap, and marks only what REST lacks', () => {
    fc.assert(
      fc.property(streams, ({ ids, delay, maxWaiting }) => {
        const l = line(0, maxWaiting)
        const records: TradeRecord[] = []
        const fills: { range: TradeRange; at: number }[] = []
        let step = 0
        const take = ({ records: more, fill }: LineStep) => {
          records.push(...more)
          if (fill) fills.push({ range: fill, at: step + delay })
        }
        const answer = (until: number) => {
          for (let next = fills[0]; next && next.at <= until; next = fills[0]) {
            fills.shift()
            const { from, to } = next.range
            const found = ids.flatMap(({ rest }, i) => (rest ? [trade(i + 1)] : []))
            take(
              l.filled(
                next.range,
                found.filter((t) => t.tradeId >= from && t.tradeId <= to),
                0,
              ),
            )
          }
        }
        for (const [i, { sent, beat }] of ids.entries()) {
          step += 1
          for (let n = 0; n < sent; n += 1) take(l.trade(trade(i + 1), false))
          if (beat) take(l.heartbeat(i + 1))
          answer(step)
        }
        for (let n = 0; n < 3; n += 1) {
          take(l.heartbeat(ids.length))
          answer(Number.POSITIVE_INFINITY)
        }
        expect(covered(records, 0)).toBe(ids.length)
        for (const r of records) {
          if (r.kind === 'trade') continue
          for (let id = r.fromTradeId; id <= r.tradeId; id += 1) {
            expect(ids[id - 1]?.rest).toBe(false)
          }
        }
      }),
    )
  })

  it('closes any range without a hole or an overlap', () => {
    const ids = fc.array(fc.integer({ min: 1, max: 60 }))
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 30 }), fc.nat(30), (found, from, length) => {
        const range = { from, to: from + length }
        const records = closeRange('BTC-USD', range, found.map(trade), 0)
        expect(covered(records, from - 1)).toBe(range.to)
      }),
    )
  })
})
