import { describe, expect, it } from 'vitest'
import { airOf } from './air.ts'

const air = {
  ...{ at: 0, usEpaIndex: 120, europeanIndex: 20, openWeatherIndex: 5 },
  ...{ pm25UgM3: null, pm10UgM3: null, ozoneUgM3: null, nitrogenDioxideUgM3: null },
  ...{ sulphurDioxideUgM3: null, carbonMonoxideUgM3: null },
}

describe('airOf', () => {
  it('uses the scale that goes with the units where it is known', () => {
    expect(airOf(air, 'metric')).toEqual({
      ...{ scale: 'European index', index: 20, words: 'Good', step: 0, steps: 6 },
    })
    expect(airOf(air, 'imperial')?.words).toBe('Unhealthy for some')
    expect(airOf({ ...air, usEpaIndex: null }, 'imperial')?.scale).toBe('European index')
  })

  it('falls back on the scale of OpenWeatherMap, and on nothing', () => {
    const own = { ...air, usEpaIndex: null, europeanIndex: null }
    expect(airOf(own, 'metric')).toMatchObject({ words: 'Very poor', step: 4, steps: 5 })
    expect(airOf({ ...own, openWeatherIndex: null }, 'metric')).toBeUndefined()
    expect(airOf(null, 'metric')).toBeUndefined()
  })

  it('has no end', () => {
    expect(airOf({ ...air, europeanIndex: 740 }, 'metric')?.words).toBe('Extremely poor')
  })
})
