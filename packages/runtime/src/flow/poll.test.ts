import { type ManualClock, manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { ProviderError } from '../errors.ts'
import { type PollOptions, poll } from './poll.ts'

const setUp = (
  run: (count: number, clock: ManualClock) => Promise<void>,
  options: Partial<PollOptions> = {},
) => {
  const clock = manualClock()
  const controller = new AbortController()
  const starts: number[] = []
  const errors: unknown[] = []
  const done = poll({
    everyMs: 1_000,
    jitter: 0,
    clock,
    random: () => 0.5,
    signal: controller.signal,
    run: () => {
      starts.push(clock.monotonic())
      return run(starts.length, clock)
    },
    onError: (error) => errors.push(error),
    ...options,
  })
  return { clock, controller, starts, errors, done }
}

describe('poll', () => {
  it('runs at once, then once per period counted from the start of a run', async () => {
    const { clock, starts, controller, done } = setUp(async () => {})
    await clock.advance(3_500)
    expect(starts).toEqual([0, 1_000, 2_000, 3_000])
    controller.abort()
    await done
    expect(clock.pending()).toBe(0)
  })

  it('varies the period by the jitter', async () => {
    const { clock, starts } = setUp(async () => {}, { jitter: 0.2, random: () => 1 })
    await clock.advance(2_500)
    expect(starts).toEqual([0, 1_200, 2_400])
  })

  it('never overlaps, and takes a breath after a run as long as the period', async () => {
    let running = 0
    const { clock, starts, errors } = setUp(async (_count, { sleep }) => {
      running += 1
      expect(running).toBe(1)
      await sleep(1_500)
      running -= 1
    })
    await clock.advance(3_500)
    expect(starts).toEqual([0, 1_600, 3_200])
    expect(errors).toEqual([])
  })

  it('reports errors and goes on', async () => {
    const { clock, starts, errors } = setUp(async (count) => {
      if (count < 3) throw new Error(`run ${count}`)
    })
    await clock.advance(2_000)
    expect(starts).toHaveLength(3)
    expect(errors).toEqual([new Error('run 1'), new Error('run 2')])
  })

  it('is postponed by a Retry-After', async () => {
    const failure = { code: 'http_429', retryable: true, retryAfterMs: 5_000 }
    const { clock, starts } = setUp(async (count) => {
      if (count === 1) throw new ProviderError('p', 'limited', failure)
    })
    await clock.advance(6_500)
    expect(starts).toEqual([0, 5_000, 6_000])
  })

  it('does not report what an abort brings down', async () => {
    const { clock, controller, errors, done } = setUp(async (_count, { sleep }) => {
      await sleep(100)
      throw new Error('cut off')
    })
    controller.abort()
    await clock.advance(200)
    await done
    expect(errors).toEqual([])
  })

  it('ends with what onError throws', async () => {
    const { done } = setUp(async () => Promise.reject(new TypeError('a bug')), {
      onError: (error) => {
        throw error
      },
    })
    await expect(done).rejects.toThrow('a bug')
  })
})
