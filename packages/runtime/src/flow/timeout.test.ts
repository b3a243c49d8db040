import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { withTimeout } from './timeout.ts'

const never = () => new Promise<never>(() => {})

describe('withTimeout', () => {
  it('passes results and errors through and leaves no timer', async () => {
    const clock = manualClock()
    const { signal } = new AbortController()
    expect(await withTimeout(async () => 1, { ms: 10, clock, signal })).toBe(1)
    const failing = withTimeout(async () => Promise.reject(new Error('own')), {
      ms: 10,
      clock,
      signal,
    })
    await expect(failing).rejects.toThrow('own')
    expect(clock.pending()).toBe(0)
  })

  it('rejects with a retryable timeout even when the work does not listen, and aborts the work', async () => {
    const clock = manualClock()
    let inner: AbortSignal | undefined
    const done = withTimeout(
      (signal) => {
        inner = signal
        return never()
      },
      { ms: 50, clock, signal: new AbortController().signal },
    ).catch((error: unknown) => error)
    await clock.advance(49)
    expect(inner?.aborted).toBe(false)
    await clock.advance(1)
    expect(await done).toMatchObject({ code: 'timeout', retryable: true })
    expect(inner?.aborted).toBe(true)
  })

  it('rejects with the outer reason when aborted from outside', async () => {
    const clock = manualClock()
    const controller = new AbortController()
    const done = withTimeout(never, { ms: 50, clock, signal: controller.signal })
    controller.abort(new Error('leaving'))
    await expect(done).rejects.toThrow('leaving')
    expect(clock.pending()).toBe(0)
    const late = withTimeout(never, { ms: 50, clock, signal: controller.signal })
    await expect(late).rejects.toThrow('leaving')
  })
})
