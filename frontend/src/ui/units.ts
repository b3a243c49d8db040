/** `metric` or `imperial`. */
export type UnitSystem = 'metric' | 'imperial'

/** Countries that measure in miles and degrees Fahrenheit. */
const imperialRegions = new Set(['US', 'LR', 'MM', 'BS', 'BZ', 'KY', 'PW', 'FM', 'MH', 'PR', 'GU'])

/** The units that go with a language tag's region; metric where it names none. */
export const unitsOfLocale = (locale: string): UnitSystem => {
  const region = /-([A-Z]{2})\b/.exec(locale)?.[1]
  return region !== undefined && imperialRegions.has(region) ? 'imperial' : 'metric'
}

/** `°C` or `°F`. */
export const degreeUnit = (units: UnitSystem): string => (units === 'metric' ? '°C' : '°F')
