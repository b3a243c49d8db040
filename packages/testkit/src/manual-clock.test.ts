import { describe, expect, it } from 'vitest'
import { manualClock } from './manual-clock.ts'

describe('manual clock', () => {
  it('runs timers in order at their own time, with promises settled in between', async () => {
    const clock = manualClock(1_000)
    const seen: [string, number][] = []
    clock.after(20, () => seen.push(['b', clock.now()]))
    const napping = async () => {
      seen.push(['a', clock.now()])
      await clock.sleep(5)
      seen.push(['slept', clock.now()])
    }
    clock.after(10, () => void napping())
    clock.after(20, () => seen.push(['c', clock.now()]))
    await clock.advance(30)
    expect(seen).toEqual([
      ['a', 1_010],
      ['slept', 1_015],
      ['b', 1_020],
      ['c', 1_020],
    ])
    expect(clock.now()).toBe(1_030)
    expect(clock.monotonic()).toBe(30)
  })

  it('repeats until cancelled, also from within', async () => {
    const clock = manualClock()
    let count = 0
    const cancel = clock.every(10, () => {
      count += 1
      if (count === 3) cancel()
    })
    await clock.advance(100)
    expect(count).toBe(3)
    expect(clock.pending()).toBe(0)
  })

  it('lets a sleep be aborted', async () => {
    const clock = manualClock()
    const controller = new AbortController()
    const sleeping = clock.sleep(10, controller.signal)
    controller.abort(new Error('leaving'))
    await expect(sleeping).rejects.toThrow('leaving')
    await expect(clock.sleep(10, controller.signal)).rejects.toThrow('leaving')
    expect(clock.pending()).toBe(0)
  })

  it('moves the wall clock alone', async () => {
    const clock = manualClock(1_000)
    clock.jump(-500)
    await clock.advance(10)
    expect([clock.now(), clock.monotonic()]).toEqual([510, 10])
  })
})
