import { manualClock } from '@flux/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FluxError, ProviderError } from '../errors.ts'
import { BreakerOpenError, type BreakerState, createBreaker } from './breaker.ts'

const fault = new FluxError('http_503', 'unwell', { retryable: true })
const answer = new FluxError('http_404', 'not here')
const bug = new TypeError('ours')

const failWith = (error: unknown) => async () => Promise.reject(error)
const succeed = async () => 'ok'

const setUp = (options: { faults?: number; openMs?: number; maxOpenMs?: number } = {}) => {
  const clock = manualClock()
  const states: BreakerState[] = []
  const breaker = createBreaker({
    clock,
    faults: 3,
    openMs: 1_000,
    ...options,
    onState: (state) => states.push(state),
  })
  const call = (error?: unknown) =>
    breaker.run(error ? failWith(error) : succeed).catch((thrown: unknown) => thrown)
  return { clock, breaker, states, call }
}

describe('breaker', () => {
  it('opens after faults in a row and refuses calls with the time until the probe', async () => {
    const { clock, breaker, call } = setUp()
    for (let i = 0; i < 3; i += 1) expect(await call(fault)).toBe(fault)
    expect(breaker.state()).toBe('open')
    await clock.advance(400)
    const refused = await call()
    expect(refused).toBeInstanceOf(BreakerOpenError)
    expect(refused).toMatchObject({ code: 'breaker_open', retryable: true, retryAfterMs: 600 })
  })

  it('does not count permanent answers, and takes them as a sign of life', async () => {
    const { breaker, call } = setUp()
    for (let i = 0; i < 20; i += 1) await call(answer)
    expect(breaker.state()).toBe('closed')
    for (const error of [fault, fault, answer, fault, fault]) await call(error)
    expect(breaker.state()).toBe('closed')
  })

  it('neither counts nor forgives for an error that is not the provider’s', async () => {
    const { breaker, call } = setUp()
    for (const error of [fault, fault, bug, bug]) expect(await call(error)).toBe(error)
    expect(breaker.state()).toBe('closed')
    await call(fault)
    expect(breaker.state()).toBe('open')
  })

  it('lets one probe through at a time and closes on its success', async () => {
    const { clock, breaker, states, call } = setUp()
    for (let i = 0; i < 3; i += 1) await call(fault)
    await clock.advance(1_000)
    expect(breaker.state()).toBe('half-open')
    const gate = Promise.withResolvers<string>()
    const probe = breaker.run(() => gate.promise)
    expect(await call()).toBeInstanceOf(BreakerOpenError)
    gate.resolve('back')
    expect(await probe).toBe('back')
    expect(await call()).toBe('ok')
    expect(states).toEqual(['open', 'half-open', 'closed'])
  })

  it('closes when the probe gets a permanent answer', async () => {
    const { clock, breaker, call } = setUp({ faults: 1 })
    await call(fault)
    await clock.advance(1_000)
    await call(answer)
    expect(breaker.state()).toBe('closed')
  })

  it('stays open twice as long after every failed probe, up to the maximum', async () => {
    const { clock, breaker, call } = setUp({ faults: 1, maxOpenMs: 3_000 })
    await call(fault)
    for (const openMs of [1_000, 2_000, 3_000, 3_000]) {
      await clock.advance(openMs - 1)
      expect(breaker.state()).toBe('open')
      await clock.advance(1)
      expect(breaker.state()).toBe('half-open')
      await call(fault)
    }
  })

  it('probes again at once after a probe that was given up', async () => {
    const { clock, breaker, call } = setUp({ faults: 1 })
    await call(fault)
    await clock.advance(1_000)
    expect(await call(bug)).toBe(bug)
    expect(breaker.state()).toBe('half-open')
    expect(await call()).toBe('ok')
  })

  it('stays open at least as long as the provider asked', async () => {
    const { clock, breaker, call } = setUp({ faults: 1, maxOpenMs: 2_000 })
    const failure = { code: 'http_429', retryable: true, retryAfterMs: 90_000 }
    await call(new ProviderError('p', 'limited', failure))
    await clock.advance(89_999)
    expect(breaker.state()).toBe('open')
    await clock.advance(1)
    expect(breaker.state()).toBe('half-open')
  })

  it('does not let calls from before it opened decide anything', async () => {
    const { clock, breaker, call } = setUp({ faults: 1 })
    const early = Promise.withResolvers<string>()
    const slow = breaker.run(() => early.promise)
    await call(fault)
    early.resolve('late')
    await slow
    expect(breaker.state()).toBe('open')
    await clock.advance(1_000)
    await call()
    expect(breaker.state()).toBe('closed')
  })

  it('agrees with a plain model over any sequence of calls and waits', async () => {
    const step = fc.oneof(
      fc.constantFrom('ok' as const, 'fault' as const, 'answer' as const, 'bug' as const),
      fc.integer({ min: 1, max: 3_000 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
        const { clock, breaker, call } = setUp({ faults: 2, openMs: 1_000, maxOpenMs: 4_000 })
        let row = 0
        let until: number | undefined
        let span = 1_000
        for (const now of steps) {
          if (typeof now === 'number') {
            await clock.advance(now)
            continue
          }
          const refused = until !== undefined && clock.monotonic() < until
          const error = { ok: undefined, fault, answer, bug }[now]
          const result = await call(error)
          expect(result instanceof BreakerOpenError).toBe(refused)
          if (refused || now === 'bug') continue
          const probed = until !== undefined
          row = now === 'fault' ? row + 1 : 0
          if (now !== 'fault') until = undefined
          else if (probed || row >= 2) {
            span = probed ? Math.min(span * 2, 4_000) : 1_000
            until = clock.monotonic() + span
          }
          expect(breaker.state()).toBe(until === undefined ? 'closed' : 'open')
        }
      }),
      { numRuns: 60 },
    )
  })
})
