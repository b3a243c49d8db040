import { type Conditions, precipitationOf } from './conditions.ts'
import { ramp } from './round.ts'

/** What is in the air, in µg/m³. */
export interface AirQuality {
  /** Epoch milliseconds. */
  readonly at: number
  readonly pm25: number
  readonly pm10: number
  readonly ozone: number
  readonly nitrogenDioxide: number
  readonly nitrogenMonoxide: number
  readonly sulphurDioxide: number
  readonly carbonMonoxide: number
  readonly ammonia: number
  readonly uvIndex: number
}

/** Two rush hours a day, at eight and at twenty. */
const rush = (hour: number): number => 1 + 0.35 * Math.cos((2 * Math.PI * (hour - 8)) / 12)

/** The air under this weather: still air keeps what `traffic` (0 to 1) makes, rain washes it out, sun makes ozone. */
export const airOf = (
  now: Conditions,
  local: { readonly traffic: number; readonly hour: number },
): AirQuality => {
  const stillness = Math.exp(-now.windMs / 5)
  const washed = Math.exp(-0.4 * precipitationOf(now))
  const emitted = local.traffic ** 1.5 * rush(local.hour) * (0.35 + 1.1 * stillness)
  const sun = ramp(now.uvIndex, 0, 9)
  const dust = ramp(now.humidityPercent, 45, 15) * ramp(now.windMs, 3, 12)
  const pm25 = 2.5 + (32 * emitted + 12 * dust) * washed
  const nitrogenDioxide = 2 + 48 * emitted * (1 - 0.5 * sun)
  return {
    at: now.at,
    pm25,
    pm10: 1.35 * pm25 + 3 + 90 * dust * washed,
    nitrogenDioxide,
    nitrogenMonoxide: 0.35 * nitrogenDioxide * (1 - sun) * stillness,
    ozone: 40 + 95 * sun + 18 * stillness - 26 * Math.min(1, nitrogenDioxide / 60),
    sulphurDioxide: 0.5 + 16 * local.traffic * emitted,
    carbonMonoxide: 130 + 520 * emitted,
    ammonia: 0.2 + 7 * (1 - local.traffic) * stillness * ramp(now.temperatureC, 0, 25),
    uvIndex: now.uvIndex,
  }
}
