import { describe, expect, it } from 'vitest'
import {
  formatDegrees,
  formatDistance,
  formatPressure,
  formatRain,
  formatSpeed,
} from './quantities.ts'

describe('formatDegrees', () => {
  it('rounds to whole degrees, without a minus before nothing', () => {
    expect(formatDegrees(12.4, 'metric')).toBe('12°')
    expect(formatDegrees(-3.6, 'metric')).toBe('\u22124°')
    expect(formatDegrees(-0.4, 'metric')).toBe('0°')
    expect(formatDegrees(-40, 'imperial')).toBe('\u221240°')
    expect(formatDegrees(null, 'metric')).toBe('–')
  })
})

it('gives quantities in both systems, and what is unknown as unknown', () => {
  expect(formatSpeed(36, 'metric')).toEqual({ number: '36', unit: 'km/h' })
  expect(formatSpeed(36, 'imperial')).toEqual({ number: '22', unit: 'mph' })
  expect(formatDistance(9_940, 'metric')).toEqual({ number: '9.9', unit: 'km' })
  expect(formatDistance(24_000, 'metric')).toEqual({ number: '24', unit: 'km' })
  expect(formatDistance(16_093, 'imperial')).toEqual({ number: '10', unit: 'mi' })
  expect(formatRain(1.25, 'metric')).toEqual({ number: '1.3', unit: 'mm' })
  expect(formatRain(12.7, 'imperial')).toEqual({ number: '0.50', unit: 'in' })
  expect(formatPressure(1_013.25, 'metric')).toEqual({ number: '1013', unit: 'hPa' })
  expect(formatPressure(1_013.25, 'imperial')).toEqual({ number: '29.92', unit: 'inHg' })
  expect(formatSpeed(null, 'metric')).toEqual({ number: '–', unit: '' })
})
