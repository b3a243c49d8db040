import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createTick } from './tick.ts'

/** A tick whose flushes last as long as `lasts` says, in milliseconds. */
const started = (lasts: () => number, left = 0) => {
  const clock = manualClock()
  const starts: number[] = []
  const errors: unknown[] = []
  let running = 0
  let most = 0
  const tick = createTick({
    clock,
    idleMs: 10,
    flush: async () => {
      starts.push(clock.monotonic())
      running += 1
      most = Math.max(most, running)
      await clock.sleep(lasts())
      running -= 1
      if (lasts() === 13) throw new Error('broken')
      return left
    },
    onError: (error) => errors.push(error),
  })
  return { clock, tick, starts, errors, most: () => most }
}

describe('the tick', () => {
  it('flushes once, a moment after the first of many pokes', async () => {
    const { clock, tick, starts } = started(() => 1)
    for (let i = 0; i < 100; i += 1) tick.poke()
    await clock.advance(1_000)
    expect(starts).toEqual([1])
    expect(clock.pending()).toBe(0)
  })

  it('never overlaps, and rests for as long as the last flush took', async () => {
    const { clock, tick, starts, most } = started(() => 100)
    tick.poke()
    for (let i = 0; i < 100; i += 1) {
      await clock.advance(10)
      tick.poke()
    }
    expect(most()).toBe(1)
    expect(starts.map(Math.round)).toEqual([1, 201, 401, 601, 801])
  })

  it.each([
    ['begins no two flushes within the shortest time', 0.5, 0, 10],
    ['rests twice as long as a short flush took', 4, 0, 12],
    ['rests no longer than 15 ms for fewer packs', 12, 0, 27],
    ['rests as long as a long flush took', 40, 0, 80],
    ['counts as rest what a flush left to the loop', 40, 15, 50],
    ['needs no rest after a flush that left most of its time', 40, 30, 41],
  ])('%s', async (_, lasts, left, period) => {
    const { clock, tick, starts } = started(() => lasts, left)
    for (let i = 0; i < 400; i += 1) {
      tick.poke()
      await clock.advance(0.5)
    }
    const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? 0))
    expect(gaps.length).toBeGreaterThan(1)
    for (const gap of gaps) expect(gap).toBeCloseTo(period, 0)
  })

  it('is prompt again once it has rested, however long the last flush took', async () => {
    const { clock, tick, starts } = started(() => 300)
    tick.poke()
    await clock.advance(10_000)
    tick.poke()
    await clock.advance(11)
    expect(starts.map(Math.round)).toEqual([1, 10_001])
  })

  it('tells when the flush under way is done', async () => {
    const { clock, tick } = started(() => 100)
    tick.poke()
    expect(tick.flushing()).toBeUndefined()
    await clock.advance(20)
    let done = false
    void tick.flushing()?.then(() => {
      done = tick.flushing() === undefined
    })
    await clock.advance(50)
    expect(done).toBe(false)
    await clock.advance(50)
    expect(done).toBe(true)
  })

  it('goes on after a flush that failed, and not after it was stopped', async () => {
    const { clock, tick, starts, errors } = started(() => 13)
    tick.poke()
    await clock.advance(100)
    tick.poke()
    await clock.advance(100)
    expect([starts.length, errors.length]).toEqual([2, 2])
    tick.poke()
    tick.stop()
    tick.poke()
    await clock.advance(1_000)
    expect(starts).toHaveLength(2)
  })
})
