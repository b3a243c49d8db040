import { round } from '../weather/round.ts'

/** Systems of units by the names that requests use. */
export const systems = ['standard', 'metric', 'imperial'] as const

/** One of `systems`. */
export type UnitSystem = (typeof systems)[number]

const temperatures: Readonly<Record<UnitSystem, (celsius: number) => number>> = {
  standard: (celsius) => celsius + 273.15,
  metric: (celsius) => celsius,
  imperial: (celsius) => celsius * 1.8 + 32,
}

/** A temperature in kelvin, °C or °F. */
export const temperature = (celsius: number, units: UnitSystem): number =>
  round(temperatures[units](celsius), 2)

/** A speed in m/s, or in miles an hour for imperial units. */
export const speed = (metresPerSecond: number, units: UnitSystem): number =>
  round(units === 'imperial' ? metresPerSecond * 2.23694 : metresPerSecond, 2)
