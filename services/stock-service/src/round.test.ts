import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRound, paceOf } from './round.ts'

const minute = 60_000
const closedEveryMs = 15 * minute

const trading = (symbols: number, perMinute = 60) =>
  paceOf({ symbols, perMinute, trading: true, closedEveryMs })

/** Asks whenever it is due, until `until`. */
const run = (
  round: ReturnType<typeof createRound>,
  pace: ReturnType<typeof paceOf>,
  until: number,
) => {
  const calls: { symbol: string; at: number }[] = []
  for (let now = 0; ; ) {
    const { symbol, at } = round.next(now, pace)
    now = Math.max(now, at)
    if (symbol === undefined || now > until) return calls
    round.asked(symbol, now)
    calls.push({ symbol, at: now })
  }
}

describe('the pace', () => {
  it('is one round of 50 a minute within 60 calls, with some left for other calls', () => {
    const { gapMs, periodMs } = trading(50)
    expect(periodMs).toBeLessThan(minute)
    expect(minute / gapMs).toBeLessThanOrEqual(57.1)
  })

  it('is 15 minutes while the market does not trade, spread evenly', () => {
    const pace = paceOf({ symbols: 50, perMinute: 60, trading: false, closedEveryMs })
    expect(pace).toMatchObject({ periodMs: closedEveryMs, gapMs: closedEveryMs / 50 })
  })
})

describe('a round', () => {
  it('asks for all at once at first, then evenly, never faster than the budget of any minute', () => {
    const symbols = Array.from({ length: 50 }, (_, i) => `S${i}`)
    const calls = run(createRound(symbols), trading(50), 10 * minute)
    expect(calls[49]?.at).toBeLessThan(13_000)
    for (const { at } of calls) {
      const inMinute = calls.filter((call) => call.at >= at && call.at < at + minute)
      expect(inMinute.length).toBeLessThanOrEqual(60)
    }
  })

  it('asks for every symbol equally often, one after another, not before its time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 300 }), (n, rate) => {
        const symbols = Array.from({ length: n }, (_, i) => `S${i}`)
        const pace = trading(n, rate)
        const calls = run(createRound(symbols), pace, 20 * pace.periodMs)
        expect(calls.length).toBeGreaterThan(10 * n)
        for (const [i, { symbol, at }] of calls.entries()) {
          expect(symbol).toBe(symbols[i % n])
          const before = calls[i - n]
          if (before) expect(at - before.at).toBeGreaterThanOrEqual(pace.periodMs - 1e-6)
        }
      }),
    )
  })

  it('goes on with the symbol that was asked for longest ago', () => {
    const round = createRound(
      ['A', 'B', 'C'],
      new Map([
        ['A', -1_000],
        ['B', -9_000],
        ['C', -2_000],
      ]),
    )
    expect(round.next(0, trading(3)).symbol).toBe('B')
  })

  it('leaves symbols out until their time has come', () => {
    const round = createRound(['A', 'B'])
    round.leaveOut('A', 5_000)
    expect(round.active(0)).toBe(1)
    expect(round.next(0, trading(1)).symbol).toBe('B')
    round.leaveOut('B', 9_000)
    expect(round.next(0, trading(1))).toEqual({ symbol: undefined, at: 5_000 })
    expect(round.next(5_000, trading(1)).symbol).toBe('A')
  })

  it('is covered once all that are not left out were asked for', () => {
    const round = createRound(['A', 'B', 'C'], new Map([['B', -1_000]]))
    round.asked('A', 0)
    round.leaveOut('C', 1_000)
    expect(round.isCovered(0)).toBe(false)
    round.asked('B', 0)
    expect(round.isCovered(0)).toBe(true)
  })
})
