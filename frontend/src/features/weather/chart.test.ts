import { describe, expect, it } from 'vitest'
import { hourlyChart } from './chart.ts'
import type { Hour } from './model.ts'

const hourMs = 3_600_000

const hourAt = (hours: number, facts: Partial<Hour> = {}): Hour => ({
  ...{ at: hours * hourMs, condition: 'rain', temperatureC: 10, windKph: 5 },
  ...{ precipitationMm: 0, precipitationPercent: 0 },
  ...facts,
})

describe('hourlyChart', () => {
  it('needs two temperatures', () => {
    expect(hourlyChart([], () => true)).toBeUndefined()
    expect(hourlyChart([hourAt(0), hourAt(1, { temperatureC: null })], () => true)).toBeUndefined()
  })

  it('is laid out by time, whatever the steps', () => {
    const chart = hourlyChart([hourAt(0), hourAt(1), hourAt(4)], () => true)
    expect(chart?.marks.map(({ x }) => x)).toEqual([0, 25, 100])
  })

  it('puts the warmest hour highest and keeps inside', () => {
    const chart = hourlyChart(
      [0, 30, -20].map((temperatureC, index) => hourAt(index, { temperatureC })),
      () => true,
    )
    const heights = chart?.marks.map(({ y }) => y) ?? []
    expect(heights.indexOf(Math.min(...heights))).toBe(1)
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(20)
    expect(Math.max(...heights)).toBeLessThanOrEqual(90)
  })

  it('draws rain by the hour, so that three hours of it are not three times as high', () => {
    const rain = (at: number, precipitationMm: number) => hourAt(at, { precipitationMm })
    const chart = hourlyChart([hourAt(0), rain(1, 2), rain(4, 6)], () => true)
    const [one, three] = chart?.bars ?? []
    expect(one?.height).toBeCloseTo(three?.height ?? 0)
    expect(three?.width).toBeGreaterThan(2 * (one?.width ?? 0))
    expect(chart?.bars).toHaveLength(2)
  })
})
