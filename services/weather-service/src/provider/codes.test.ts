import { conditions } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionOfOpenWeather } from './openweathermap-codes.ts'
import { conditionOfWmo } from './wmo-codes.ts'

describe('the condition', () => {
  it.each([
    [0, 'clear'],
    [1, 'mostly-clear'],
    [2, 'partly-cloudy'],
    [3, 'overcast'],
    [48, 'fog'],
    [55, 'drizzle'],
    [57, 'freezing-rain'],
    [63, 'rain'],
    [67, 'freezing-rain'],
    [77, 'snow'],
    [82, 'showers'],
    [86, 'snow-showers'],
    [99, 'thunderstorm'],
    [4, 'unknown'],
    [null, 'unknown'],
    ['3', 'unknown'],
  ])('of WMO code %s is %s', (code, expected) => {
    expect(conditionOfWmo(code)).toBe(expected)
  })

  it.each([
    [200, 'thunderstorm'],
    [301, 'drizzle'],
    [501, 'rain'],
    [599, 'rain'],
    [511, 'freezing-rain'],
    [521, 'showers'],
    [601, 'snow'],
    [621, 'snow-showers'],
    [741, 'fog'],
    [711, 'unknown'],
    [800, 'clear'],
    [801, 'mostly-clear'],
    [803, 'partly-cloudy'],
    [804, 'overcast'],
    [900, 'unknown'],
    [undefined, 'unknown'],
  ])('of OpenWeatherMap code %s is %s', (code, expected) => {
    expect(conditionOfOpenWeather(code)).toBe(expected)
  })

  it('of anything is one of the contract', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -10, max: 1_000 }), fc.anything()), (code) => {
        expect(conditions).toContain(conditionOfWmo(code))
        expect(conditions).toContain(conditionOfOpenWeather(code))
      }),
    )
  })
})
