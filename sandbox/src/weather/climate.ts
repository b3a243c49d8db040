import { dayMs, radians } from './sphere.ts'

/** When the north is warmest: about a month after the solstice. */
const warmest = Date.UTC(2000, 6, 20)
const yearMs = 365.2422 * dayMs

/** 1 in the middle of the northern summer, -1 in the middle of the northern winter. */
const season = (ms: number): number => Math.cos((2 * Math.PI * (ms - warmest)) / yearMs)

const bell = (value: number, width: number): number => Math.exp(-((value / width) ** 2))

/** Mean temperature at sea level in °C for the latitude and the time of the year. */
export const normalTemperature = (latitude: number, ms: number): number => {
  const height = Math.sin(radians(latitude))
  const mean = 28 - 30 * height ** 2 - 10 * height ** 6
  return mean + 15 * Math.sign(height) * Math.abs(height) ** 1.3 * season(ms)
}

/** How wet the latitude is at that time, 0 to 1: the tropical rains follow the sun, deserts lie beside them. */
export const wetness = (latitude: number, ms: number): number => {
  const shifted = latitude - 8 * season(ms)
  return 0.25 + 0.6 * bell(shifted, 9) + 0.35 * bell(Math.abs(shifted) - 55, 18)
}

/** Mean pressure at sea level in hPa: high over the deserts, low where the westerlies blow. */
export const normalPressure = (latitude: number): number =>
  1012 + 6 * bell(Math.abs(latitude) - 32, 12) - 7 * bell(Math.abs(latitude) - 62, 12)

/** Wind to the east in m/s that blows without any weather system: trade winds and westerlies. */
export const prevailingWind = (latitude: number): number => -3.5 * Math.cos(radians(3 * latitude))
