import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconnectDelay } from './backoff.ts'
import { createClockOffset } from './clock-offset.ts'
import { createLatency } from './latency.ts'
import { createManualClock } from './testing/manual-clock.ts'

describe('reconnectDelay', () => {
  it('grows from about half a second and never exceeds five, spread by half to both sides', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, r) => {
          const delay = reconnectDelay(n, () => r)
          expect(delay).toBeGreaterThanOrEqual(250)
          expect(delay).toBeLessThanOrEqual(5_000)
        },
      ),
    )
    expect([1, 2, 3, 4, 9].map((n) => reconnectDelay(n, () => 0.5))).toEqual([
      500, 1_000, 2_000, 3_333, 3_333,
    ])
  })
})

describe('clock offset', () => {
  it('trusts the message with the shortest way and adds half of the shortest round trip', () => {
    const clock = createManualClock(1_000_000)
    const offset = createClockOffset(clock)
    expect(offset.offsetMs()).toBe(0)
    offset.heard(clock.now() + 5_000 - 300)
    offset.heard(clock.now() + 5_000 - 20)
    offset.heard(clock.now() + 5_000 - 90)
    offset.roundTrip(500)
    offset.roundTrip(40)
    expect(offset.offsetMs()).toBe(5_000)
  })

  it('follows at once when the machine sets its clock', () => {
    const clock = createManualClock(1_000_000)
    const offset = createClockOffset(clock)
    offset.heard(1_000_000)
    clock.advance(1_000)
    expect(offset.offsetMs()).toBe(0)
    clock.setWall(clock.now() - 60_000)
    expect(offset.offsetMs()).toBe(60_000)
  })
})

describe('latency', () => {
  it('gives the median of the newest, without what is an old fact', () => {
    const latency = createLatency()
    expect(latency.medianMs()).toBeUndefined()
    for (const ms of [-3, 10, 20, 500_000]) latency.add(ms)
    expect(latency.medianMs()).toBe(10)
    for (let i = 0; i < 128; i += 1) latency.add(70)
    expect(latency.medianMs()).toBe(70)
  })
})
