import type { WeatherValue } from './model.ts'

type AirQuality = NonNullable<WeatherValue['airQuality']>

/** Air quality on the scale that its source uses. */
export interface Air {
  readonly scale: string
  readonly index: number
  readonly words: string
  /** Which step of the scale it is on, from 0, and how many there are. */
  readonly step: number
  readonly steps: number
}

interface Scale {
  readonly name: string
  /** Each step's highest index; the last one goes on for ever. */
  readonly steps: readonly (readonly [upTo: number, words: string])[]
}

const european: Scale = {
  name: 'European index',
  steps: [
    [20, 'Good'],
    [40, 'Fair'],
    [60, 'Moderate'],
    [80, 'Poor'],
    [100, 'Very poor'],
    [Number.POSITIVE_INFINITY, 'Extremely poor'],
  ],
}

const american: Scale = {
  name: 'US index',
  steps: [
    [50, 'Good'],
    [100, 'Moderate'],
    [150, 'Unhealthy for some'],
    [200, 'Unhealthy'],
    [300, 'Very unhealthy'],
    [Number.POSITIVE_INFINITY, 'Hazardous'],
  ],
}

const openWeather: Scale = {
  name: 'OpenWeatherMap index',
  steps: [
    [1, 'Good'],
    [2, 'Fair'],
    [3, 'Moderate'],
    [4, 'Poor'],
    [5, 'Very poor'],
  ],
}

const airOn = (scale: Scale, index: number | null): Air | undefined => {
  if (index === null) return undefined
  const rounded = Math.round(index)
  const found = scale.steps.findIndex(([upTo]) => rounded <= upTo)
  const step = found < 0 ? scale.steps.length - 1 : found
  const words = scale.steps[step]?.[1] ?? ''
  return { scale: scale.name, index: rounded, words, step, steps: scale.steps.length }
}

/** Air quality in words, on the scale that goes with the units where it is known; `undefined` where none is. */
export const airOf = (air: AirQuality | null, units: 'metric' | 'imperial'): Air | undefined => {
  if (!air) return undefined
  const eu = airOn(european, air.europeanIndex)
  const us = airOn(american, air.usEpaIndex)
  const own = airOn(openWeather, air.openWeatherIndex)
  return units === 'imperial' ? (us ?? eu ?? own) : (eu ?? us ?? own)
}
