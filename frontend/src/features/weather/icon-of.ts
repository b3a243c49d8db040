import type { Condition } from './model.ts'

/** The own set of weather icons. */
export type WeatherIconName =
  | 'clear-day'
  | 'clear-night'
  | 'partly-day'
  | 'partly-night'
  | 'overcast'
  | 'fog'
  | 'drizzle'
  | 'rain'
  | 'showers'
  | 'sleet'
  | 'snow'
  | 'thunder'

const icons: Readonly<Record<Condition, WeatherIconName | undefined>> = {
  clear: 'clear-day',
  'mostly-clear': 'clear-day',
  'partly-cloudy': 'partly-day',
  overcast: 'overcast',
  fog: 'fog',
  drizzle: 'drizzle',
  rain: 'rain',
  'freezing-rain': 'sleet',
  snow: 'snow',
  showers: 'showers',
  'snow-showers': 'snow',
  thunderstorm: 'thunder',
  unknown: undefined,
}

const nights: Partial<Record<WeatherIconName, WeatherIconName>> = {
  'clear-day': 'clear-night',
  'partly-day': 'partly-night',
}

/** The icon of a condition by day or night; none for what is unknown. */
export const iconOf = (condition: Condition, isDay: boolean): WeatherIconName | undefined => {
  const icon = icons[condition]
  return icon && !isDay ? (nights[icon] ?? icon) : icon
}
