import { unknown } from './format.ts'
import type { UnitSystem } from './units.ts'

const minus = '\u2212'

type Known = number | null | undefined

const isKnown = (value: Known): value is number =>
  typeof value === 'number' && Number.isFinite(value)

const whole = (value: number): string => {
  const rounded = Math.round(Math.abs(value))
  return value < 0 && rounded !== 0 ? `${minus}${rounded}` : String(rounded)
}

/** Degrees of a temperature in °C in the given units, not rounded. */
const degreesIn = (celsius: number, units: UnitSystem): number =>
  units === 'metric' ? celsius : celsius * 1.8 + 32

/** A temperature in °C as whole degrees with their sign: `12°`, `−3°`. */
export const formatDegrees = (celsius: Known, units: UnitSystem): string =>
  isKnown(celsius) ? `${whole(degreesIn(celsius, units))}°` : unknown

/** A number and the unit that is written small beside it. */
export interface Quantity {
  readonly number: string
  readonly unit: string
}

const kmPerMile = 1.609344

/** A speed in km/h as km/h or mph. */
export const formatSpeed = (kph: Known, units: UnitSystem): Quantity => {
  if (!isKnown(kph)) return { number: unknown, unit: '' }
  return units === 'metric'
    ? { number: whole(kph), unit: 'km/h' }
    : { number: whole(kph / kmPerMile), unit: 'mph' }
}

/** A distance in metres as km or miles; one decimal under ten. */
export const formatDistance = (metres: Known, units: UnitSystem): Quantity => {
  if (!isKnown(metres)) return { number: unknown, unit: '' }
  const size = metres / 1_000 / (units === 'metric' ? 1 : kmPerMile)
  const number = size < 9.95 ? size.toFixed(1) : whole(size)
  return { number, unit: units === 'metric' ? 'km' : 'mi' }
}

/** Rain in millimetres as mm or inches. */
export const formatRain = (mm: Known, units: UnitSystem): Quantity => {
  if (!isKnown(mm)) return { number: unknown, unit: '' }
  return units === 'metric'
    ? { number: mm < 10 ? mm.toFixed(1) : whole(mm), unit: 'mm' }
    : { number: (mm / 25.4).toFixed(2), unit: 'in' }
}

/** An air pressure in hPa as hPa or inches of mercury. */
export const formatPressure = (hpa: Known, units: UnitSystem): Quantity => {
  if (!isKnown(hpa)) return { number: unknown, unit: '' }
  return units === 'metric'
    ? { number: whole(hpa), unit: 'hPa' }
    : { number: (hpa * 0.02953).toFixed(2), unit: 'inHg' }
}
