import { describe, expect, it } from 'vitest'
import type { AirQuality } from './air.ts'
import { europeanIndex, openWeatherIndex, usIndex } from './air-index.ts'

const clean: AirQuality = {
  ...{ at: 0, pm25: 0, pm10: 0, ozone: 0, nitrogenDioxide: 0, nitrogenMonoxide: 0 },
  ...{ sulphurDioxide: 0, carbonMonoxide: 0, ammonia: 0, uvIndex: 0 },
}

describe('the indices of the air', () => {
  it('are lowest for clean air', () => {
    expect([usIndex(clean), europeanIndex(clean), openWeatherIndex(clean)]).toEqual([0, 0, 1])
  })

  it('follow the steps of their scales', () => {
    expect(usIndex({ ...clean, pm25: 9 })).toBe(50)
    expect(usIndex({ ...clean, pm25: 35.4 })).toBe(100)
    expect(usIndex({ ...clean, pm25: 1_000 })).toBe(500)
    expect(europeanIndex({ ...clean, pm25: 15 })).toBe(30)
    expect(europeanIndex({ ...clean, ozone: 130 })).toBe(60)
    expect(openWeatherIndex({ ...clean, ozone: 60 })).toBe(2)
    expect(openWeatherIndex({ ...clean, ozone: 180 })).toBe(5)
  })

  it('are those of the worst pollutant', () => {
    expect(europeanIndex({ ...clean, pm25: 10, nitrogenDioxide: 90 })).toBe(40)
  })
})
