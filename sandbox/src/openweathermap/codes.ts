import { type Conditions, precipitationOf } from '../weather/conditions.ts'
import { type Sky, skyOf } from '../weather/kind.ts'

/** One entry of `weather`. */
export interface WeatherCode {
  readonly id: number
  readonly main: string
  readonly description: string
  readonly icon: string
}

type Code = readonly [id: number, main: string, description: string, icon: string]

const clear: Code = [800, 'Clear', 'clear sky', '01']
const fog: Code = [741, 'Fog', 'fog', '50']
const mist: Code = [701, 'Mist', 'mist', '50']
const freezing: Code = [511, 'Rain', 'freezing rain', '13']

/** Where each of the cloud codes ends, in percent. */
const clouds: readonly (readonly [number, Code])[] = [
  [25, [801, 'Clouds', 'few clouds', '02']],
  [50, [802, 'Clouds', 'scattered clouds', '03']],
  [85, [803, 'Clouds', 'broken clouds', '04']],
  [101, [804, 'Clouds', 'overcast clouds', '04']],
]

const cloudCode = ({ cloudPercent }: Conditions): Code =>
  clouds.find(([below]) => cloudPercent < below)?.[1] ?? clear

/** Light, moderate, heavy. */
const falling: Readonly<Partial<Record<Sky['kind'], readonly [Code, Code, Code]>>> = {
  drizzle: [
    [300, 'Drizzle', 'light intensity drizzle', '09'],
    [301, 'Drizzle', 'drizzle', '09'],
    [302, 'Drizzle', 'heavy intensity drizzle', '09'],
  ],
  rain: [
    [500, 'Rain', 'light rain', '10'],
    [501, 'Rain', 'moderate rain', '10'],
    [502, 'Rain', 'heavy intensity rain', '10'],
  ],
  'freezing-rain': [freezing, freezing, freezing],
  snow: [
    [600, 'Snow', 'light snow', '13'],
    [601, 'Snow', 'snow', '13'],
    [602, 'Snow', 'heavy snow', '13'],
  ],
  showers: [
    [520, 'Rain', 'light intensity shower rain', '09'],
    [521, 'Rain', 'shower rain', '09'],
    [522, 'Rain', 'heavy intensity shower rain', '09'],
  ],
  'snow-showers': [
    [620, 'Snow', 'light shower snow', '13'],
    [621, 'Snow', 'shower snow', '13'],
    [622, 'Snow', 'heavy shower snow', '13'],
  ],
  thunderstorm: [
    [200, 'Thunderstorm', 'thunderstorm with light rain', '11'],
    [201, 'Thunderstorm', 'thunderstorm with rain', '11'],
    [202, 'Thunderstorm', 'thunderstorm with heavy rain', '11'],
  ],
}

const codeOf = (now: Conditions): Code => {
  const { kind, strength } = skyOf(now)
  if (kind === 'fog') return fog
  if (kind === 'clear') return clear
  return falling[kind]?.[strength] ?? cloudCode(now)
}

const mistBelowM = 6_000

/** The `weather` list: one entry, and a second one where something falls into mist. */
export const weatherCodes = (now: Conditions): readonly WeatherCode[] => {
  const misty = precipitationOf(now) > 0.1 && now.visibilityM < mistBelowM
  return [codeOf(now), ...(misty ? [mist] : [])].map(([id, main, description, icon]) => ({
    ...{ id, main, description },
    icon: `${icon}${now.isDay ? 'd' : 'n'}`,
  }))
}
