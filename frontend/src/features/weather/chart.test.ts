import { describe, expect, it } from 'vitest'
import { hourlyChart, nearestPoint, pointByKey } from './chart.ts'
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

describe('nearestPoint', () => {
  const points = hourlyChart([hourAt(0), hourAt(1), hourAt(4)], () => true)?.points ?? []

  it('finds the hour by its place on the time axis, whatever the steps', () => {
    expect([-5, 0, 12, 13, 60, 63, 100, 140].map((x) => nearestPoint(points, x))).toEqual([
      0, 0, 0, 1, 1, 2, 2, 2,
    ])
  })
})

describe('pointByKey', () => {
  it('moves by arrows, goes to the ends and stays inside', () => {
    const keys = ['ArrowRight', 'ArrowLeft', 'Home', 'End']
    expect(keys.map((key) => pointByKey(key, 1, 25))).toEqual([2, 0, 0, 24])
    expect([pointByKey('ArrowLeft', 0, 25), pointByKey('ArrowRight', 24, 25)]).toEqual([0, 24])
  })

  it('leaves other keys to the page', () => {
    expect(pointByKey('/', 3, 25)).toBeUndefined()
  })
})
