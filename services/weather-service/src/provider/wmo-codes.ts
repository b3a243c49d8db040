import type { Condition } from '../values.ts'

const table: ReadonlyMap<number, Condition> = new Map([
  [0, 'clear'],
  [1, 'mostly-clear'],
  [2, 'partly-cloudy'],
  [3, 'overcast'],
  [45, 'fog'],
  [48, 'fog'],
  [51, 'drizzle'],
  [53, 'drizzle'],
  [55, 'drizzle'],
  [56, 'freezing-rain'],
  [57, 'freezing-rain'],
  [61, 'rain'],
  [63, 'rain'],
  [65, 'rain'],
  [66, 'freezing-rain'],
  [67, 'freezing-rain'],
  [71, 'snow'],
  [73, 'snow'],
  [75, 'snow'],
  [77, 'snow'],
  [80, 'showers'],
  [81, 'showers'],
  [82, 'showers'],
  [85, 'snow-showers'],
  [86, 'snow-showers'],
  [95, 'thunderstorm'],
  [96, 'thunderstorm'],
  [99, 'thunderstorm'],
])

/** The condition of a WMO code (table 4677 as Open-Meteo uses it); `unknown` for anything else. */
export const conditionOfWmo = (code: unknown): Condition =>
  (typeof code === 'number' ? table.get(code) : undefined) ?? 'unknown'
