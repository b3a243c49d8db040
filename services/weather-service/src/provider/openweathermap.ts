import type { Place } from '@flux/contracts'
import type { Clock, OnCall, ProviderError } from '@flux/runtime'
import { callProvider } from './call.ts'
import { asKind } from './failure.ts'
import { readForecast } from './openweathermap-forecast.ts'
import { readAirPollution, readWeather } from './openweathermap-now.ts'
import { faultIn } from './openweathermap-wire.ts'
import { type OnPartFailed, optionalPart } from './part.ts'
import type { WeatherProvider } from './port.ts'

const provider = 'openweathermap'

/** What an error means. A limit and a refused key hold for the whole account, not for one city. */
export const refineOpenWeatherMap = (error: ProviderError): ProviderError => {
  const { status } = error
  if (status === undefined || error.code === 'bad_shape') return error
  if (status === 401 || status === 403) return asKind(error, 'key')
  if (status === 429) return asKind(error, 'limited')
  return error.retryable ? error : asKind(error, 'place')
}

/** The weather from OpenWeatherMap. The key can only go into the query string, which no error shows. */
export const createOpenWeatherMap = (options: {
  readonly url: string
  readonly apiKey: string
  readonly clock: Clock
  readonly onPartFailed: OnPartFailed
  readonly onCall?: OnCall
}): WeatherProvider => {
  const get = (path: string, { latitude, longitude }: Place, signal: AbortSignal) => {
    const query = new URLSearchParams({
      lat: String(latitude),
      lon: String(longitude),
      units: 'metric',
      lang: 'en',
      appid: options.apiKey,
    })
    return callProvider({
      ...{ provider, signal },
      url: `${options.url}/data/2.5/${path}?${query}`,
      clock: options.clock,
      onCall: options.onCall,
      errorIn: faultIn,
      refine: refineOpenWeatherMap,
    })
  }
  const now = async (place: Place, signal: AbortSignal) =>
    readWeather(await get('weather', place, signal))
  const forecast = async (place: Place, signal: AbortSignal) =>
    readForecast(await get('forecast', place, signal))
  const air = async (place: Place, signal: AbortSignal) =>
    readAirPollution(await get('air_pollution', place, signal))

  return {
    name: provider,
    title: 'OpenWeatherMap',
    callsPerPlace: 3,
    fetch: async (place, signal) => {
      const { onPartFailed } = options
      const [current, next, airQuality] = await Promise.all([
        now(place, signal),
        optionalPart('forecast', forecast(place, signal), onPartFailed),
        optionalPart('air_quality', air(place, signal), onPartFailed),
      ])
      return { current, airQuality, hourly: next?.hourly ?? null, daily: next?.daily ?? null }
    },
  }
}
