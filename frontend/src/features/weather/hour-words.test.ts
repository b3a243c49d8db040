import { describe, expect, it } from 'vitest'
import { hourWords } from './hour-words.ts'
import type { Hour } from './model.ts'

const hour = (facts: Partial<Hour> = {}): Hour => ({
  ...{ at: Date.UTC(2026, 0, 14, 14), condition: 'snow', temperatureC: -2.4, windKph: 5 },
  ...{ precipitationMm: 0.6, precipitationPercent: 20 },
  ...facts,
})

describe('hourWords', () => {
  it('says time, temperature, sky and rain of an hour by the clock of the place', () => {
    expect(hourWords(hour(), 'Europe/Oslo', 'metric')).toEqual({
      ...{ time: '15:00', degrees: '−2°', sky: 'Snow', rain: '0.6 mm of rain or snow' },
    })
    expect(hourWords(hour(), 'America/New_York', 'imperial')).toEqual({
      ...{ time: '09:00', degrees: '28°', sky: 'Snow', rain: '0.02 in of rain or snow' },
    })
  })

  it('tells no rain from rain that is not known', () => {
    const rain = (precipitationMm: number | null) =>
      hourWords(hour({ precipitationMm }), 'UTC', 'metric').rain
    expect([rain(0), rain(null)]).toEqual(['no rain', 'rain unknown'])
  })

  it('shows an unknown temperature as a dash', () => {
    expect(hourWords(hour({ temperatureC: null }), 'UTC', 'metric').degrees).toBe('–')
  })
})
