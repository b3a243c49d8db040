import type { AirQuality } from '../weather/air.ts'
import { europeanIndex, usIndex } from '../weather/air-index.ts'
import { type Conditions, precipitationOf } from '../weather/conditions.ts'
import type { Quantity } from './units.ts'
import { wmoCode } from './wmo.ts'

/** One variable of the API, read from the model's state; `hours` is the span that amounts are summed over. */
interface Variable<T> {
  readonly quantity: Quantity
  of(state: T, hours: number): number
}

/** Variables by the names that requests use. */
export type Variables<T> = Readonly<Record<string, Variable<T>>>

/** `/v1/forecast`, for `current` and `hourly`. */
export const weatherVariables: Variables<Conditions> = {
  temperature_2m: { quantity: 'temperature', of: (now) => now.temperatureC },
  relative_humidity_2m: { quantity: 'percent', of: (now) => now.humidityPercent },
  dew_point_2m: { quantity: 'temperature', of: (now) => now.dewPointC },
  apparent_temperature: { quantity: 'temperature', of: (now) => now.feelsLikeC },
  is_day: { quantity: 'flag', of: (now) => (now.isDay ? 1 : 0) },
  precipitation_probability: { quantity: 'percent', of: (now) => now.precipitationChancePercent },
  precipitation: { quantity: 'precipitation', of: (now, hours) => precipitationOf(now) * hours },
  rain: { quantity: 'precipitation', of: (now, hours) => now.rainMmH * hours },
  showers: { quantity: 'precipitation', of: (now, hours) => now.showersMmH * hours },
  snowfall: { quantity: 'snow', of: (now, hours) => now.snowMmH * hours },
  weather_code: { quantity: 'code', of: wmoCode },
  cloud_cover: { quantity: 'percent', of: (now) => now.cloudPercent },
  pressure_msl: { quantity: 'pressure', of: (now) => now.pressureSeaHpa },
  surface_pressure: { quantity: 'pressure', of: (now) => now.pressureSurfaceHpa },
  visibility: { quantity: 'distance', of: (now) => now.visibilityM },
  wind_speed_10m: { quantity: 'wind', of: (now) => now.windMs },
  wind_direction_10m: { quantity: 'direction', of: (now) => now.windFromDegrees },
  wind_gusts_10m: { quantity: 'wind', of: (now) => now.gustMs },
  uv_index: { quantity: 'index', of: (now) => now.uvIndex },
}

/** `/v1/air-quality`, for `current` and `hourly`. */
export const airVariables: Variables<AirQuality> = {
  european_aqi: { quantity: 'wholeIndex', of: europeanIndex },
  us_aqi: { quantity: 'wholeIndex', of: usIndex },
  pm10: { quantity: 'concentration', of: (air) => air.pm10 },
  pm2_5: { quantity: 'concentration', of: (air) => air.pm25 },
  carbon_monoxide: { quantity: 'concentration', of: (air) => air.carbonMonoxide },
  nitrogen_dioxide: { quantity: 'concentration', of: (air) => air.nitrogenDioxide },
  nitrogen_monoxide: { quantity: 'concentration', of: (air) => air.nitrogenMonoxide },
  sulphur_dioxide: { quantity: 'concentration', of: (air) => air.sulphurDioxide },
  ozone: { quantity: 'concentration', of: (air) => air.ozone },
  ammonia: { quantity: 'concentration', of: (air) => air.ammonia },
  uv_index: { quantity: 'index', of: (air) => air.uvIndex },
}
