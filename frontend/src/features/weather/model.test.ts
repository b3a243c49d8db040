import { describe, expect, it } from 'vitest'
import { iconOf } from './icon-of.ts'
import {
  compassPoint,
  type Day,
  dateIn,
  dayName,
  daysFrom,
  type Hour,
  isDayAt,
  nameOfId,
  nextHours,
  rangeOf,
  scaleOf,
} from './model.ts'

const noon = Date.UTC(2026, 6, 8, 12)
const hour = 3_600_000

const hourAt = (at: number): Hour => ({
  ...{ at, condition: 'rain', temperatureC: 10, windKph: 5 },
  ...{ precipitationMm: 0, precipitationPercent: 0 },
})

const day = (date: string, facts: Partial<Day> = {}): Day => ({
  ...{ date, condition: 'rain', minC: 9, maxC: 16, precipitationMm: 4 },
  ...{ precipitationPercent: 90, sunriseAt: null, sunsetAt: null },
  ...facts,
})

describe('nextHours', () => {
  it('begins with the hour that runs and ends a day later', () => {
    const all = Array.from({ length: 48 }, (_, index) => hourAt(noon + (index - 3) * hour))
    const shown = nextHours(all, noon + hour / 2)
    expect(shown[0]?.at).toBe(noon)
    expect(shown.at(-1)?.at).toBe(noon + 24 * hour)
  })
})

describe('days', () => {
  it('are those of the place and not of the browser', () => {
    const late = Date.UTC(2026, 6, 8, 23, 30)
    expect(dateIn(late, 'Europe/Oslo')).toBe('2026-07-09')
    expect(dateIn(late, 'America/New_York')).toBe('2026-07-08')
    expect(dayName('2026-07-08', '2026-07-08')).toBe('Today')
    expect(dayName('2026-07-09', '2026-07-08')).toBe('Thu 9')
    expect(daysFrom([day('2026-07-07'), day('2026-07-08')], '2026-07-08')).toHaveLength(1)
  })

  it('lie on one common scale', () => {
    const days = [
      day('2026-07-08', { minC: 0, maxC: 10 }),
      day('2026-07-09', { minC: 5, maxC: 20 }),
    ]
    const scale = scaleOf(days)
    expect(scale).toEqual({ low: 0, high: 20 })
    expect(days.map((one) => rangeOf(one, scale))).toEqual([
      { from: 0, size: 0.5 },
      { from: 0.25, size: 0.75 },
    ])
    expect(rangeOf(day('2026-07-08', { minC: null }), scale)).toBeUndefined()
    expect(scaleOf([day('2026-07-08', { minC: null, maxC: null })])).toBeUndefined()
  })
})

describe('isDayAt', () => {
  it('goes by the sun where it is known', () => {
    const known = [day('2026-07-08', { sunriseAt: noon - hour, sunsetAt: noon + hour })]
    expect(isDayAt(noon, known, false)).toBe(true)
    expect(isDayAt(noon + 2 * hour, known, true)).toBe(false)
    expect(isDayAt(noon, [day('2026-07-08')], true)).toBe(true)
  })
})

it('names winds by where they come from', () => {
  expect([0, 44, 46, 225, 359].map(compassPoint)).toEqual(['N', 'NE', 'NE', 'SW', 'N'])
  expect(compassPoint(null)).toBeUndefined()
})

it('has a name for a place of which only the id is known', () => {
  expect(nameOfId('new-york-us')).toBe('New York')
  expect(nameOfId('oslo')).toBe('Oslo')
})

it('shows the moon at night, and clouds by day and night alike', () => {
  expect(iconOf('clear', false)).toBe('clear-night')
  expect(iconOf('partly-cloudy', true)).toBe('partly-day')
  expect(iconOf('rain', false)).toBe('rain')
  expect(iconOf('unknown', true)).toBeUndefined()
})
