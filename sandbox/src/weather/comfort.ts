/** Pressure in hPa of the water vapour in air of this temperature and humidity (Magnus). */
const vapour = (temperatureC: number, humidityPercent: number): number =>
  (humidityPercent / 100) * 6.112 * Math.exp((17.62 * temperatureC) / (243.12 + temperatureC))

/** Temperature in °C at which the vapour in the air would condense. */
export const dewPoint = (temperatureC: number, humidityPercent: number): number => {
  const x = Math.log(vapour(temperatureC, humidityPercent) / 6.112)
  return Math.min(temperatureC, (243.12 * x) / (17.62 - x))
}

/** What it feels like in °C, with humidity and wind (Steadman's apparent temperature in the shade). */
export const feelsLike = (air: {
  readonly temperatureC: number
  readonly humidityPercent: number
  readonly windMs: number
}): number =>
  air.temperatureC + 0.33 * vapour(air.temperatureC, air.humidityPercent) - 0.7 * air.windMs - 4
