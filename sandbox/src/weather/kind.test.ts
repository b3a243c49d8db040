import { describe, expect, it } from 'vitest'
import { wmoCode } from '../open-meteo/wmo.ts'
import { weatherCodes } from '../openweathermap/codes.ts'
import type { Conditions } from './conditions.ts'
import { skyOf } from './kind.ts'

const fair: Conditions = {
  ...{ at: 0, isDay: true, temperatureC: 15, feelsLikeC: 15, dewPointC: 5, humidityPercent: 50 },
  ...{ pressureSeaHpa: 1013, pressureSurfaceHpa: 1010, windMs: 3, gustMs: 5, windFromDegrees: 90 },
  ...{ cloudPercent: 0, visibilityM: 30_000, rainMmH: 0, showersMmH: 0, snowMmH: 0 },
  ...{ precipitationChancePercent: 0, uvIndex: 3 },
}

const cases: readonly (readonly [string, Partial<Conditions>, number, number])[] = [
  ['clear', {}, 0, 800],
  ['mostly-clear', { cloudPercent: 20 }, 1, 801],
  ['partly-cloudy', { cloudPercent: 60 }, 2, 803],
  ['overcast', { cloudPercent: 100 }, 3, 804],
  ['fog', { visibilityM: 300 }, 45, 741],
  ['fog', { visibilityM: 300, temperatureC: -3 }, 48, 741],
  ['drizzle', { rainMmH: 0.15 }, 51, 300],
  ['rain', { rainMmH: 1 }, 61, 500],
  ['rain', { rainMmH: 8 }, 65, 502],
  ['freezing-rain', { rainMmH: 0.9, snowMmH: 0.5, temperatureC: -0.3 }, 66, 511],
  ['snow', { snowMmH: 0.5, temperatureC: -5 }, 71, 600],
  ['snow-showers', { snowMmH: 0.5, temperatureC: 0, cloudPercent: 70 }, 85, 620],
  ['showers', { showersMmH: 3 }, 81, 521],
  ['thunderstorm', { showersMmH: 6 }, 96, 201],
]

describe('the sky', () => {
  it.each(cases)('is %s for %j, with the codes %i and %i', (kind, change, wmo, owm) => {
    const now = { ...fair, ...change }
    expect(skyOf(now).kind).toBe(kind)
    expect(wmoCode(now)).toBe(wmo)
    expect(weatherCodes(now)[0]?.id).toBe(owm)
  })

  it('has a second code where rain falls into mist, and icons for the night', () => {
    const now = { ...fair, rainMmH: 5, visibilityM: 4_000, isDay: false }
    expect(weatherCodes(now)).toEqual([
      { id: 501, main: 'Rain', description: 'moderate rain', icon: '10n' },
      { id: 701, main: 'Mist', description: 'mist', icon: '50n' },
    ])
  })
})
