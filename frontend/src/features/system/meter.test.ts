import { describe, expect, it } from 'vitest'
import { createMeter, createTimes } from './meter.ts'

describe('createMeter', () => {
  it('measures over its span alone', () => {
    const meter = createMeter(10_000)
    for (let second = 0; second <= 30; second += 1) {
      meter.add(second * 1_000, second < 20 ? second * 100 : 2_000 + (second - 20) * 3)
    }
    expect(meter.perSecond()).toBeCloseTo(3)
  })

  it('says nothing until it has seen long enough', () => {
    const meter = createMeter(10_000)
    expect(meter.perSecond()).toBeUndefined()
    meter.add(0, 5)
    meter.add(1_000, 9)
    expect(meter.perSecond()).toBeUndefined()
    meter.add(2_000, 9)
    expect(meter.perSecond()).toBe(2)
  })

  it('begins afresh when the total falls and after a sleep', () => {
    const meter = createMeter(10_000)
    meter.add(0, 500)
    meter.add(2_000, 1)
    expect(meter.perSecond()).toBeUndefined()
    meter.add(4_000, 3)
    expect(meter.perSecond()).toBe(1)
    meter.add(3_600_000, 90_000)
    expect(meter.perSecond()).toBeUndefined()
  })

  it('takes one total per time', () => {
    const meter = createMeter(10_000)
    meter.add(0, 0)
    meter.add(2_000, 4)
    meter.add(2_000, 400)
    expect(meter.perSecond()).toBe(2)
  })
})

describe('createTimes', () => {
  it('gives the median of the newest', () => {
    const times = createTimes(3)
    times.add(900)
    times.add(5)
    expect(times.median()).toBeUndefined()
    for (const ms of [7, 6]) times.add(ms)
    expect(times.median()).toBe(6)
    expect(times.count()).toBe(4)
    times.clear()
    expect(times.median()).toBeUndefined()
  })

  it('takes no old fact for a delay, and nothing for less than nothing', () => {
    const times = createTimes(8)
    for (const ms of [-4, -3, -2, 600_000, 700_000]) times.add(ms)
    expect(times.median()).toBe(0)
    expect(times.count()).toBe(3)
  })
})
