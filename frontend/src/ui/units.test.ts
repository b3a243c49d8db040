import { describe, expect, it } from 'vitest'
import { degreeUnit, unitsOfLocale } from './units.ts'

describe('unitsOfLocale', () => {
  it('goes by the region of the language', () => {
    expect(unitsOfLocale('en-US')).toBe('imperial')
    expect(unitsOfLocale('en-GB')).toBe('metric')
    expect(unitsOfLocale('nb')).toBe('metric')
    expect(unitsOfLocale('zh-Hans-CN')).toBe('metric')
  })
})

it('names the degrees of a system', () => {
  expect(degreeUnit('metric')).toBe('°C')
  expect(degreeUnit('imperial')).toBe('°F')
})
