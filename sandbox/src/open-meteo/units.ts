import { round } from '../weather/round.ts'

/** How a quantity is written: its name in `*_units`, its digits, and what turns the model's unit into it. */
export interface Unit {
  readonly name: string
  readonly digits: number
  of(value: number): number
}

const unit = (name: string, digits: number, of = (value: number) => value): Unit => ({
  ...{ name, digits, of },
})
const times = (factor: number) => (value: number) => value * factor

/** What a request can choose, with Open-Meteo's names; the first of each is the default. */
export const choices = {
  temperature_unit: ['celsius', 'fahrenheit'],
  wind_speed_unit: ['kmh', 'ms', 'mph', 'kn'],
  precipitation_unit: ['mm', 'inch'],
  timeformat: ['iso8601', 'unixtime'],
} as const

/** The units that a request chose. */
export interface Chosen {
  readonly temperature_unit: (typeof choices.temperature_unit)[number]
  readonly wind_speed_unit: (typeof choices.wind_speed_unit)[number]
  readonly precipitation_unit: (typeof choices.precipitation_unit)[number]
  readonly timeformat: (typeof choices.timeformat)[number]
}

const temperatures = {
  celsius: unit('°C', 1),
  fahrenheit: unit('°F', 1, (celsius) => celsius * 1.8 + 32),
}
const winds = {
  kmh: unit('km/h', 1, times(3.6)),
  ms: unit('m/s', 2),
  mph: unit('mp/h', 1, times(2.23694)),
  kn: unit('kn', 1, times(1.94384)),
}
const precipitations = { mm: unit('mm', 2), inch: unit('inch', 3, times(1 / 25.4)) }
// Snow lies about seven centimetres high for ten millimetres of water.
const snows = { mm: unit('cm', 2, times(0.7)), inch: unit('inch', 3, times(0.7 / 2.54)) }

const fixed = {
  percent: unit('%', 0),
  pressure: unit('hPa', 1),
  direction: unit('°', 0, (degrees) => Math.round(degrees) % 360),
  code: unit('wmo code', 0),
  flag: unit('', 0),
  index: unit('', 2),
  wholeIndex: unit('', 0),
  distance: unit('m', 0, (metres) => 20 * Math.round(metres / 20)),
  concentration: unit('μg/m³', 1),
  hours: unit('h', 1),
  seconds: unit('s', 2),
}

/** Quantities that the variables are measured in. */
export type Quantity = keyof typeof fixed | 'temperature' | 'wind' | 'precipitation' | 'snow'

/** The unit that a request wants a quantity in. */
export const unitOf = (quantity: Quantity, chosen: Chosen): Unit => {
  if (quantity === 'temperature') return temperatures[chosen.temperature_unit]
  if (quantity === 'wind') return winds[chosen.wind_speed_unit]
  if (quantity === 'precipitation') return precipitations[chosen.precipitation_unit]
  if (quantity === 'snow') return snows[chosen.precipitation_unit]
  return fixed[quantity]
}

/** A value of the model in a unit. */
export const written = (value: number, unit: Unit): number => round(unit.of(value), unit.digits)
