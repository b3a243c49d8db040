import { manualClock } from '@flux/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FluxError, ProviderError } from '../errors.ts'
import { fullJitter } from './backoff.ts'
import { retry } from './retry.ts'

const passing = new FluxError('flaky', 'try again', { retryable: true })
const signal = new AbortController().signal

const limited = (retryAfterMs: number) =>
  new ProviderError('p', 'limited', { code: 'http_429', retryable: true, retryAfterMs })

describe('fullJitter', () => {
  it('stays between 0 and the doubled span, never above the cap', () => {
    fc.assert(
      fc.property(
        fc.nat(5_000),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (attempt, baseMs, maxMs, random) => {
          const delay = fullJitter(attempt, { baseMs, maxMs }, () => random)
          expect(delay).toBeGreaterThanOrEqual(0)
          expect(delay).toBeLessThanOrEqual(Math.min(maxMs, baseMs * 2 ** attempt))
        },
      ),
    )
  })
})

describe('retry', () => {
  it('tries at most the given number of times, with every wait inside its bounds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
          minLength: 6,
          maxLength: 6,
        }),
        fc.nat(8),
        async (attempts, randoms, failures) => {
          const clock = manualClock()
          const waits: number[] = []
          let draws = 0
          let calls = 0
          const done = retry(
            async () => {
              calls += 1
              if (calls <= failures) throw passing
              return calls
            },
            {
              clock,
              signal,
              attempts,
              backoff: { baseMs: 100, maxMs: 1_000 },
              random: () => randoms[draws++ % randoms.length] ?? 0,
              onRetry: (_error, next) => waits.push(next.delayMs),
            },
          ).catch((error: unknown) => error)
          await clock.advance(10_000)
          expect(await done).toBe(failures < attempts ? failures + 1 : passing)
          expect(calls).toBe(Math.min(attempts, failures + 1))
          for (const [index, wait] of waits.entries())
            expect(wait).toBeLessThanOrEqual(Math.min(1_000, 100 * 2 ** index))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('does not repeat what cannot be helped by it', async () => {
    const clock = manualClock()
    for (const error of [new FluxError('no', 'no'), new TypeError('a bug')]) {
      let calls = 0
      const work = async () => {
        calls += 1
        throw error
      }
      await expect(retry(work, { clock, signal, random: () => 0 })).rejects.toBe(error)
      expect(calls).toBe(1)
    }
  })

  it('waits at least as long as it was asked to', async () => {
    const clock = manualClock()
    const calls: number[] = []
    const done = retry(
      async () => {
        calls.push(clock.monotonic())
        if (calls.length === 1) throw limited(7_000)
        return 'ok'
      },
      { clock, signal, random: () => 0.5 },
    )
    await clock.advance(6_999)
    expect(calls).toHaveLength(1)
    await clock.advance(1_000)
    expect(await done).toBe('ok')
    expect(calls[1]).toBe(7_125)
  })

  it('gives up at once when asked to wait longer than it may', async () => {
    const error = limited(60_000)
    const done = retry(async () => Promise.reject(error), {
      clock: manualClock(),
      signal,
      random: () => 0,
      maxRetryAfterMs: 10_000,
    })
    await expect(done).rejects.toBe(error)
  })

  it('stops in the middle of a wait when aborted', async () => {
    const clock = manualClock()
    const controller = new AbortController()
    const done = retry(async () => Promise.reject(passing), {
      clock,
      signal: controller.signal,
      random: () => 0.9,
    })
    await clock.settle()
    controller.abort(new Error('leaving'))
    await expect(done).rejects.toThrow('leaving')
    expect(clock.pending()).toBe(0)
  })
})
