import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { europeanIndex, openWeatherIndex, usIndex } from './air-index.ts'
import { type Conditions, precipitationOf } from './conditions.ts'
import { skyOf } from './kind.ts'
import { dayMs, degrees, hourMs, minuteMs, type Spot } from './sphere.ts'
import { createWeather } from './weather.ts'

const start = Date.UTC(2026, 0, 1)
const oslo = { latitude: 59.91, longitude: 10.75 }
const cairo = { latitude: 30.06, longitude: 31.25 }

/** As many places as the project knows, spread over the globe and the year. */
const spread = Array.from({ length: 7_000 }, (_, i) => ({
  spot: {
    latitude: degrees(Math.asin(2 * ((i * 0.754877666) % 1) - 1)),
    longitude: 360 * ((i * 0.569840291) % 1) - 180,
  },
  ms: start + ((i * 7919 * minuteMs) % (365 * dayMs)),
}))

const seed = fc.integer({ min: -1_000_000, max: 1_000_000 })
const spot: fc.Arbitrary<Spot> = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})
const time = fc.integer({ min: start, max: start + 400 * dayMs })

const bounds: Readonly<Record<string, readonly [number, number]>> = {
  temperatureC: [-65, 48],
  feelsLikeC: [-90, 60],
  dewPointC: [-75, 35],
  humidityPercent: [5, 100],
  pressureSeaHpa: [970, 1045],
  pressureSurfaceHpa: [850, 1045],
  windMs: [0, 38],
  gustMs: [0, 67],
  windFromDegrees: [0, 360],
  cloudPercent: [0, 100],
  visibilityM: [100, 30_000],
  rainMmH: [0, 40],
  showersMmH: [0, 40],
  snowMmH: [0, 40],
  precipitationChancePercent: [0, 100],
  uvIndex: [0, 13],
}

/** What is wrong with the weather of a moment: one line for each fault. */
const faultsOf = (now: Conditions): readonly string[] => {
  const outside = Object.entries(bounds).flatMap(([key, [low, high]]) => {
    const value: unknown = Reflect.get(now, key)
    const isWithin = typeof value === 'number' && value >= low && value <= high
    return isWithin ? [] : [`${key} is ${value}`]
  })
  const rules: readonly (readonly [string, boolean])[] = [
    ['the dew point lies above the temperature', now.dewPointC > now.temperatureC],
    ['gusts are weaker than the wind', now.gustMs < now.windMs],
    ['there is more air above than below', now.pressureSurfaceHpa > now.pressureSeaHpa],
    ['it rains out of a clear sky', precipitationOf(now) > 0.1 && now.cloudPercent < 65],
    ['snow falls in the warmth', now.snowMmH > 0 && now.temperatureC > 1.5],
    ['rain falls in the frost', now.rainMmH > 0 && now.temperatureC < -2.5],
  ]
  return [...outside, ...rules.flatMap(([fault, holds]) => (holds ? [fault] : []))]
}

const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
const hours = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => from + i * hourMs)

describe('the weather', () => {
  it('is plausible at 7,000 places all over the globe', () => {
    const weather = createWeather(1)
    for (const { spot, ms } of spread) {
      expect(faultsOf(weather.at(spot, ms))).toEqual([])
      expect(weather.elevation(spot)).toBeGreaterThanOrEqual(0)
    }
  })

  it('is plausible for every seed, spot and time', () => {
    fc.assert(
      fc.property(seed, spot, time, (s, at, ms) => {
        expect(faultsOf(createWeather(s).at(at, ms))).toEqual([])
      }),
    )
  })

  it('is decided by seed, spot and time alone', () => {
    fc.assert(
      fc.property(seed, spot, time, (s, at, ms) => {
        const weather = createWeather(s)
        const first = weather.at(at, ms)
        weather.at(oslo, ms + 5)
        expect(weather.at(at, ms)).toEqual(first)
        expect(createWeather(s).at(at, ms)).toEqual(first)
      }),
      { numRuns: 30 },
    )
    expect(createWeather(1).at(oslo, start)).not.toEqual(createWeather(2).at(oslo, start))
  })

  it('changes little within a minute, and so from place to place', () => {
    const near = (a: Conditions, b: Conditions) => {
      expect(Math.abs(a.temperatureC - b.temperatureC)).toBeLessThan(0.4)
      expect(Math.abs(a.pressureSeaHpa - b.pressureSeaHpa)).toBeLessThan(0.3)
      expect(Math.abs(a.humidityPercent - b.humidityPercent)).toBeLessThan(3)
      expect(Math.abs(a.cloudPercent - b.cloudPercent)).toBeLessThan(30)
      expect(Math.abs(a.windMs - b.windMs)).toBeLessThan(0.4)
      expect(Math.abs(precipitationOf(a) - precipitationOf(b))).toBeLessThan(0.5)
    }
    fc.assert(
      fc.property(seed, spot, time, (s, at, ms) => {
        const weather = createWeather(s)
        const now = weather.at(at, ms)
        near(now, weather.at(at, ms + minuteMs))
        const { latitude, longitude } = at
        near(now, weather.at({ latitude: latitude * 0.9999, longitude }, ms))
      }),
      { numRuns: 300 },
    )
  })

  it('has no seam where east meets west', () => {
    const weather = createWeather(3)
    for (const latitude of [-60, 0, 45, 89]) {
      const east = weather.at({ latitude, longitude: 180 }, start)
      const west = weather.at({ latitude, longitude: -180 }, start)
      expect(west.temperatureC).toBeCloseTo(east.temperatureC, 6)
      expect(west.pressureSeaHpa).toBeCloseTo(east.pressureSeaHpa, 6)
    }
  })

  it('is colder in Oslo than in Cairo in January, and in July warmer than in January', () => {
    fc.assert(
      fc.property(seed, (s) => {
        const weather = createWeather(s)
        const mean = (at: Spot, month: number) =>
          meanOf(
            hours(Date.UTC(2026, month, 3), 480)
              .filter((_, i) => i % 7 === 0)
              .map((ms) => weather.at(at, ms).temperatureC),
          )
        expect(mean(oslo, 0)).toBeLessThan(mean(cairo, 0) - 5)
        expect(mean(oslo, 6)).toBeGreaterThan(mean(oslo, 0) + 10)
        expect(mean({ latitude: -34, longitude: 151 }, 6)).toBeLessThan(
          mean({ latitude: -34, longitude: 151 }, 0),
        )
      }),
      { numRuns: 20 },
    )
  })

  it('is warmer in the afternoon than before sunrise', () => {
    const weather = createWeather(1)
    const at = (hour: number) =>
      meanOf(
        Array.from({ length: 30 }, (_, day) => {
          const ms = Date.UTC(2026, 5, 1 + day, hour) - (cairo.longitude / 15) * hourMs
          return weather.at(cairo, ms).temperatureC
        }),
      )
    expect(at(15)).toBeGreaterThan(at(4) + 5)
  })

  it('shows every kind of sky somewhere, and night as well as day', () => {
    const weather = createWeather(1)
    const kinds = new Set(spread.map((s) => skyOf(weather.at(s.spot, s.ms)).kind))
    for (const kind of ['clear', 'overcast', 'rain', 'snow', 'showers', 'thunderstorm'] as const) {
      expect(kinds).toContain(kind)
    }
    const days = spread.filter((s) => weather.at(s.spot, s.ms).isDay).length
    expect(days / spread.length).toBeCloseTo(0.5, 1)
  })

  it('moves: the lows over a place come and go', () => {
    const weather = createWeather(1)
    const pressures = hours(start, 24 * 60).map((ms) => weather.at(oslo, ms).pressureSeaHpa)
    expect(Math.max(...pressures) - Math.min(...pressures)).toBeGreaterThan(12)
  })
})

describe('the air', () => {
  it('is plausible everywhere, fine dust being part of the coarse', () => {
    const weather = createWeather(1)
    const classes = new Set<number>()
    for (const { spot, ms } of spread.slice(0, 2_000)) {
      const air = weather.airAt(spot, ms)
      const amounts = Object.values({ ...air, at: 0 })
      expect(amounts.every((amount) => amount >= 0 && amount < 2_000)).toBe(true)
      expect(air.pm25).toBeLessThan(air.pm10)
      expect(usIndex(air)).toBeLessThanOrEqual(500)
      expect(europeanIndex(air)).toBeLessThanOrEqual(120)
      classes.add(openWeatherIndex(air))
    }
    expect([...classes].toSorted()).toEqual(expect.arrayContaining([1, 2, 3]))
  })
})
