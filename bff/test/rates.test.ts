import type { MaxHz } from '@flux/contracts'
import { eventually, manualClock } from '@flux/testkit'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { room, type SlowServer, serveSlow } from './slow.fixture.ts'

type Joined = Awaited<ReturnType<SlowServer['join']>>
const ascending = (offsets: readonly number[]) => offsets.every((o, i) => o > (offsets[i - 1] ?? 0))

describe('a client with a rate of its own', () => {
  let clock: ReturnType<typeof manualClock>
  let server: SlowServer
  const rate = ({ own }: Joined, hz: MaxHz | undefined) => server.fanout.setRate(own.id, hz)
  /** Everything written has arrived: a plain event overtakes nothing. */
  const arrived = async (...joined: Joined[]) => {
    for (const { own, seen } of joined) {
      const before = seen.filter((s) => s.channel === 'mark').length
      own.emit('mark', { k: '', o: 0 })
      await eventually('the mark', () => seen.filter((s) => s.channel === 'mark').length > before)
    }
  }

  beforeEach(async () => {
    clock = manualClock()
    server = await serveSlow(clock)
  })
  afterEach(async () => {
    await server.close()
    expect(server.errors).toEqual([])
  })

  it('gets one pack a second at most, with the newest value of every key and all trades', async () => {
    const [limited, free] = [await server.join(), await server.join()]
    rate(limited, 1)
    const trades: number[] = []
    const counts: number[] = []
    for (let i = 0; i < 120; i += 1) {
      server.feed.value(`k${i % 7}`)
      if (i % 10 === 0) trades.push(server.feed.trade())
      const before = limited.seen.length
      await clock.advance(25)
      await arrived(limited, free)
      // The mark is one of them.
      counts.push(limited.seen.length - before - 1)
    }
    const packs = counts.flatMap((count, i) => (count > 0 ? [i * 25] : []))
    expect(packs.length).toBeGreaterThanOrEqual(3)
    for (const [i, at] of packs.entries())
      expect(at - (packs[i - 1] ?? -1_000)).toBeGreaterThanOrEqual(975)
    await clock.advance(1_100)
    await arrived(limited, free)
    expect(limited.newest()).toEqual(free.newest())
    expect(limited.of('crypto.trades')).toEqual(trades)
    expect(free.of('crypto.ticker')).toHaveLength(120)
    expect(limited.of('crypto.ticker').length).toBeLessThan(40)
    expect(ascending(limited.of('crypto.ticker'))).toBe(true)
    // What came in one tick with a newer one is no matter of the rate: here nothing did.
    const saved = await server.metric('flux_fanout_conflated_deliveries_total', { by: 'rate' })
    expect(saved + limited.of('crypto.ticker').length).toBe(120)
  })

  it('loses, doubles and reorders nothing however often it changes its rate or its rooms', async () => {
    const step = fc.record({
      hz: fc.constantFrom<MaxHz | 'free' | 'keep'>(1, 4, 10, 'free', 'keep'),
      values: fc.integer({ min: 0, max: 4 }),
      trades: fc.integer({ min: 0, max: 2 }),
      ms: fc.integer({ min: 0, max: 400 }),
      other: fc.boolean(),
    })
    const one = await server.join()
    const steady = await server.join()
    rate(steady, 4)
    const trades: number[] = []
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
        for (const { hz, values, trades: count, ms, other } of steps) {
          for (let i = 0; i < values; i += 1) server.feed.value(`k${i}`)
          if (hz !== 'keep') rate(one, hz === 'free' ? undefined : hz)
          for (let i = 0; i < count; i += 1) trades.push(server.feed.trade())
          if (other) await one.own.join('news.global')
          else await one.own.leave('news.global')
          await clock.advance(ms)
        }
        await clock.advance(2_100)
        await arrived(one, steady)
        for (const own of [one, steady]) {
          expect(own.of('crypto.trades')).toEqual(trades)
          expect(ascending(own.of('crypto.ticker'))).toBe(true)
        }
        expect(one.newest()).toEqual(steady.newest())
      }),
      { numRuns: 60 },
    )
  })

  it('that has left a room is sent nothing more of it', async () => {
    const one = await server.join()
    rate(one, 1)
    server.feed.value('a')
    await clock.advance(20)
    server.feed.value('b')
    await clock.advance(20)
    await one.own.leave(room)
    await clock.advance(3_000)
    await arrived(one)
    expect(one.of('crypto.ticker')).toHaveLength(1)
  })
})
