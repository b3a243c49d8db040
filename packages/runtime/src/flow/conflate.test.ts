import { manualClock } from '@flux/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FluxError } from '../errors.ts'
import { createConflate } from './conflate.ts'

interface Out {
  readonly key: string
  readonly value: number
  readonly at: number
}

const setUp = (options: { perSecond?: number; emit?: () => Promise<void> } = {}) => {
  const clock = manualClock()
  const controller = new AbortController()
  const out: Out[] = []
  const errors: unknown[] = []
  const conflate = createConflate<string, number>({
    perSecond: options.perSecond ?? 4,
    clock,
    signal: controller.signal,
    emit: async (key, value) => {
      await options.emit?.()
      out.push({ key, value, at: clock.monotonic() })
    },
    onError: (error) => errors.push(error),
  })
  return { clock, controller, out, errors, conflate }
}

const down = new FluxError('bus_unavailable', 'away', { retryable: true })

describe('conflate', () => {
  it('sends the first value of a quiet key at once and only the newest of a burst after it', async () => {
    const { clock, out, conflate } = setUp()
    for (let value = 0; value < 100; value += 1) conflate.set('a', value)
    await clock.settle()
    expect(out).toEqual([{ key: 'a', value: 0, at: 0 }])
    await clock.advance(1_000)
    expect(out.slice(1)).toEqual([{ key: 'a', value: 99, at: 250 }])
    expect(conflate.size()).toBe(0)
  })

  it('sends what is due together in the order of the last set', async () => {
    const { clock, out, conflate } = setUp()
    for (const key of ['a', 'b', 'c']) conflate.set(key, 1)
    await clock.settle()
    for (const key of ['a', 'b', 'c', 'a']) conflate.set(key, 2)
    await clock.advance(250)
    expect(out.slice(3).map((one) => one.key)).toEqual(['b', 'c', 'a'])
  })

  it('never exceeds the rate, never goes back, and always ends with the last value of every key', async () => {
    const sets = fc.array(
      fc.record({ key: fc.constantFrom('a', 'b', 'c'), waitMs: fc.constantFrom(0, 0, 1, 40, 300) }),
      { maxLength: 120, size: 'max' },
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 10 }), sets, async (perSecond, all) => {
        const { clock, out, conflate } = setUp({ perSecond })
        const last = new Map<string, number>()
        for (const [value, { key, waitMs }] of all.entries()) {
          await clock.advance(waitMs)
          conflate.set(key, value)
          last.set(key, value)
        }
        await clock.advance(1_001)
        for (const key of ['a', 'b', 'c']) {
          const mine = out.filter((one) => one.key === key)
          expect(mine.at(-1)?.value).toBe(last.get(key))
          expect(mine.map((one) => one.value)).toEqual(
            mine.map((one) => one.value).toSorted((x, y) => x - y),
          )
          for (const { at } of mine) {
            const second = mine.filter((other) => other.at >= at && other.at < at + 999.999)
            expect(second.length).toBeLessThanOrEqual(perSecond)
          }
        }
        // Whatever leaves in one instant leaves in the order of the last set, which is the order of the values.
        for (const [index, one] of out.entries()) {
          const before = out[index - 1]
          if (before?.at === one.at) expect(one.value).toBeGreaterThan(before.value)
        }
        expect(clock.pending()).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  it('sends no second value of a key while the first is under way', async () => {
    const gate = Promise.withResolvers<void>()
    const { clock, out, conflate } = setUp({ emit: () => gate.promise })
    conflate.set('a', 1)
    conflate.set('a', 2)
    await clock.advance(5_000)
    conflate.set('a', 3)
    expect(out).toEqual([])
    gate.resolve()
    await clock.advance(1)
    expect(out.map((one) => one.value)).toEqual([1, 3])
  })

  it('tries a value again after a retryable error unless a newer one has come', async () => {
    let broken = true
    const { clock, out, errors, conflate } = setUp({
      emit: async () => {
        if (broken) throw down
      },
    })
    conflate.set('a', 1)
    conflate.set('b', 1)
    await clock.advance(100)
    conflate.set('b', 2)
    broken = false
    await clock.advance(1_000)
    expect(out.map(({ key, value }) => [key, value])).toEqual([
      ['a', 1],
      ['b', 2],
    ])
    expect(errors).toEqual([down, down])
  })

  it('reports and drops a value that can never be sent', async () => {
    const refused = new FluxError('contract_broken', 'no')
    const { clock, errors, conflate } = setUp({ emit: async () => Promise.reject(refused) })
    conflate.set('a', 1)
    await clock.advance(5_000)
    expect(errors).toEqual([refused])
    expect(conflate.size()).toBe(0)
  })

  it('drains at once, in order, and takes nothing afterwards', async () => {
    const { clock, out, conflate } = setUp()
    for (const key of ['a', 'b']) conflate.set(key, 1)
    await clock.settle()
    for (const key of ['b', 'a']) conflate.set(key, 2)
    await conflate.drain()
    expect(out.slice(2).map((one) => one.key)).toEqual(['b', 'a'])
    expect(conflate.set('a', 3)).toBe(false)
    expect(clock.pending()).toBe(0)
  })

  it('ends a drain even when nothing can be sent', async () => {
    const { errors, conflate } = setUp({ emit: async () => Promise.reject(down) })
    conflate.set('a', 1)
    conflate.set('a', 2)
    await conflate.drain()
    expect(errors).toEqual([down, down])
  })

  it('drops what waits when aborted', async () => {
    const { clock, controller, out, conflate } = setUp()
    conflate.set('a', 1)
    await clock.settle()
    conflate.set('a', 2)
    controller.abort()
    await clock.advance(1_000)
    expect(out.map((one) => one.value)).toEqual([1])
    expect(conflate.set('a', 3)).toBe(false)
    expect(clock.pending()).toBe(0)
  })
})
