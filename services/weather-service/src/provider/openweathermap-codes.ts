import type { Condition } from '../values.ts'

/** Codes that are not what their group is. */
const single: ReadonlyMap<number, Condition> = new Map([
  [511, 'freezing-rain'],
  [520, 'showers'],
  [521, 'showers'],
  [522, 'showers'],
  [531, 'showers'],
  [612, 'snow-showers'],
  [613, 'snow-showers'],
  [620, 'snow-showers'],
  [621, 'snow-showers'],
  [622, 'snow-showers'],
  [701, 'fog'],
  [721, 'fog'],
  [741, 'fog'],
  [771, 'showers'],
  [781, 'thunderstorm'],
  [800, 'clear'],
  [801, 'mostly-clear'],
  [802, 'partly-cloudy'],
  [803, 'partly-cloudy'],
  [804, 'overcast'],
])

/** Smoke, dust, sand and ash (the rest of 7xx) have no word here. */
const groups: ReadonlyMap<number, Condition> = new Map([
  [2, 'thunderstorm'],
  [3, 'drizzle'],
  [5, 'rain'],
  [6, 'snow'],
])

/** The condition of an OpenWeatherMap code; a new code of a known group is what its group is, else `unknown`. */
export const conditionOfOpenWeather = (code: unknown): Condition => {
  if (typeof code !== 'number') return 'unknown'
  return single.get(code) ?? groups.get(Math.floor(code / 100)) ?? 'unknown'
}
