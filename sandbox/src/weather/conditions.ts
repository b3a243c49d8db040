/** The weather of one spot at one moment. */
export interface Conditions {
  /** Epoch milliseconds. */
  readonly at: number
  readonly isDay: boolean
  readonly temperatureC: number
  readonly feelsLikeC: number
  readonly dewPointC: number
  readonly humidityPercent: number
  /** Brought down to sea level. */
  readonly pressureSeaHpa: number
  readonly pressureSurfaceHpa: number
  readonly windMs: number
  readonly gustMs: number
  /** Where the wind comes from, 0 = north, 90 = east. */
  readonly windFromDegrees: number
  readonly cloudPercent: number
  readonly visibilityM: number
  /** Rain out of closed cloud, mm an hour. */
  readonly rainMmH: number
  /** Rain in showers, mm an hour. */
  readonly showersMmH: number
  /** Snow as water, mm an hour. */
  readonly snowMmH: number
  readonly precipitationChancePercent: number
  readonly uvIndex: number
}

/** Everything that falls, as water, mm an hour. */
export const precipitationOf = (now: Conditions): number =>
  now.rainMmH + now.showersMmH + now.snowMmH
