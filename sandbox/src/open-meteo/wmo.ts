import type { Conditions } from '../weather/conditions.ts'
import { type Sky, skyOf } from '../weather/kind.ts'

/** WMO code 4677 as Open-Meteo uses it: light, moderate, heavy. */
const codes: Readonly<Record<Sky['kind'], readonly [number, number, number]>> = {
  clear: [0, 0, 0],
  'mostly-clear': [1, 1, 1],
  'partly-cloudy': [2, 2, 2],
  overcast: [3, 3, 3],
  fog: [45, 45, 45],
  drizzle: [51, 53, 55],
  rain: [61, 63, 65],
  'freezing-rain': [66, 67, 67],
  snow: [71, 73, 75],
  showers: [80, 81, 82],
  'snow-showers': [85, 86, 86],
  thunderstorm: [95, 96, 99],
}

const rime = 48

/** The WMO code of the moment's weather. */
export const wmoCode = (now: Conditions): number => {
  const { kind, strength } = skyOf(now)
  return kind === 'fog' && now.temperatureC < 0 ? rime : codes[kind][strength]
}
