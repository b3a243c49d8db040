import { describe, expect, it } from 'vitest'
import { newerThan, sizeDigits, type TradeRecord, tapeOf } from './tape.ts'

const trade = (tradeId: number, price: number): TradeRecord => ({
  ...{ kind: 'trade', product: 'BTC-USD', tradeId, price, size: 1, side: 'buy', at: tradeId },
})
const gap = (fromTradeId: number, tradeId: number): TradeRecord => ({
  ...{ kind: 'gap', product: 'BTC-USD', fromTradeId, tradeId, at: tradeId },
})

const directions = (records: readonly TradeRecord[], count: number) =>
  tapeOf(records, count).map((line) => (line.kind === 'gap' ? line.missing : line.direction))

describe('tapeOf', () => {
  it('shows the newest trade first, with its direction from the one before', () => {
    const records = [trade(1, 10), trade(2, 11), trade(3, 11), trade(4, 9)]
    expect(tapeOf(records, 9).map(({ id }) => id)).toEqual([4, 3, 2, 1])
    expect(directions(records, 9)).toEqual(['down', 'flat', 'up', 'flat'])
  })

  it('knows the direction of the oldest line by a trade that is not shown', () => {
    expect(directions([trade(1, 10), trade(2, 11), trade(3, 12)], 2)).toEqual(['up', 'up'])
  })

  it('counts what a gap is missing and compares nothing across it', () => {
    expect(directions([trade(1, 10), gap(2, 5), trade(6, 20)], 9)).toEqual(['flat', 4, 'flat'])
  })
})

describe('newerThan', () => {
  it('counts what came since', () => {
    const shown = tapeOf([trade(1, 10), trade(2, 11)], 9)
    const now = tapeOf([trade(1, 10), trade(2, 11), trade(3, 11), trade(4, 12)], 9)
    expect(newerThan(shown, now)).toBe(2)
    expect(newerThan(shown, shown)).toBe(0)
  })
})

describe('sizeDigits', () => {
  it('shows a cent of every coin', () => {
    expect([91_234, 1_000, 2.5, 1, 0.12, 0.00001].map(sizeDigits)).toEqual([7, 5, 3, 2, 2, 0])
  })
})
