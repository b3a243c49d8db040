import type { AirQuality } from '../values.ts'
import { badShape } from './failure.ts'
import { amountOf } from './numbers.ts'
import { parseReply } from './open-meteo-forecast.ts'
import { localTime } from './open-meteo-time.ts'

/** Variables that are asked for, by the provider's names. */
export const airVariables =
  'european_aqi,us_aqi,pm10,pm2_5,carbon_monoxide,nitrogen_dioxide,sulphur_dioxide,ozone'

/** Reads an `/v1/air-quality` reply; concentrations are in µg/m³. Throws ProviderError `bad_shape`. */
export const readAirQuality = (body: unknown): AirQuality => {
  const reply = parseReply(body)
  const now = reply.current
  const at = localTime(now['time'], reply.utc_offset_seconds)
  if (at === null) throw badShape('open-meteo', 'air quality without a time')
  return {
    at,
    usEpaIndex: amountOf(now['us_aqi']),
    europeanIndex: amountOf(now['european_aqi']),
    openWeatherIndex: null,
    pm25UgM3: amountOf(now['pm2_5']),
    pm10UgM3: amountOf(now['pm10']),
    ozoneUgM3: amountOf(now['ozone']),
    nitrogenDioxideUgM3: amountOf(now['nitrogen_dioxide']),
    sulphurDioxideUgM3: amountOf(now['sulphur_dioxide']),
    carbonMonoxideUgM3: amountOf(now['carbon_monoxide']),
  }
}
