import { describe, expect, it } from 'vitest'
import { createLatencies } from './histogram.ts'

describe('latencies', () => {
  it('tells percentiles in milliseconds', () => {
    const latencies = createLatencies()
    for (let i = 1; i <= 1_000; i += 1) latencies.record(i * 1_000)
    const { count, p50, p99, max } = latencies.summary()
    expect(count).toBe(1_000)
    expect(p50).toBeCloseTo(500, -1)
    expect(p99).toBeCloseTo(990, -1)
    expect(max).toBeCloseTo(1_000, -1)
  })

  it('adds what other processes counted', () => {
    const all = createLatencies()
    for (const micros of [1_000, 3_000]) {
      const one = createLatencies()
      one.record(micros)
      all.add(one.encode())
    }
    expect(all.summary()).toMatchObject({ count: 2, max: expect.closeTo(3, 1) })
  })

  it('is 0 without a value', () => {
    expect(createLatencies().summary()).toEqual({ count: 0, p50: 0, p99: 0, p999: 0, max: 0 })
  })
})
