import type { Place } from '@flux/contracts'
import type { Clock, OnCall, ProviderError } from '@flux/runtime'
import { callProvider } from './call.ts'
import { asKind } from './failure.ts'
import { airVariables, readAirQuality } from './open-meteo-air.ts'
import { forecastVariables, readForecast } from './open-meteo-forecast.ts'
import { faultWords } from './open-meteo-wire.ts'
import { type OnPartFailed, optionalPart } from './part.ts'
import type { WeatherProvider } from './port.ts'

const provider = 'open-meteo'

const minuteMs = 60_000

/** What an error means: the words decide, since limits and overloads come with more than one status. */
export const refineOpenMeteo = (error: ProviderError, words: string): ProviderError => {
  const { status } = error
  if (status === undefined || error.code === 'bad_shape') return error
  if (/overloaded/i.test(words)) return asKind(error, 'transient')
  if (/minutely .*limit exceeded/i.test(words)) {
    return asKind(error, 'limited', error.retryAfterMs ?? minuteMs)
  }
  if (status === 429 || /limit exceeded/i.test(words)) return asKind(error, 'limited')
  if (status === 401 || status === 403) return asKind(error, 'key')
  return error.retryable ? error : asKind(error, 'place')
}

const errorIn = (body: unknown) => {
  const words = faultWords(body)
  // With status 200 an error body is as good as one with 400: its words say what it is.
  return words === undefined ? undefined : { status: 400, words }
}

const coordinates = ({ latitude, longitude }: Place) => ({
  latitude: String(latitude),
  longitude: String(longitude),
})

/** The weather from Open-Meteo: no key, not for commercial use, data CC BY 4.0. */
export const createOpenMeteo = (options: {
  readonly url: string
  readonly airQualityUrl: string
  readonly clock: Clock
  readonly onPartFailed: OnPartFailed
  readonly onCall?: OnCall
}): WeatherProvider => {
  const get = (url: string, query: Readonly<Record<string, string>>, signal: AbortSignal) =>
    callProvider({
      ...{ provider, signal, errorIn },
      url: `${url}?${new URLSearchParams(query)}`,
      clock: options.clock,
      onCall: options.onCall,
      refine: refineOpenMeteo,
    })

  const forecast = async (place: Place, signal: AbortSignal) => {
    const query = {
      ...coordinates(place),
      ...forecastVariables,
      // Days are those of the place's own calendar.
      timezone: place.zone,
      wind_speed_unit: 'kmh',
      forecast_hours: '48',
      forecast_days: '7',
    }
    return readForecast(await get(`${options.url}/v1/forecast`, query, signal))
  }

  const airQuality = async (place: Place, signal: AbortSignal) => {
    const query = { ...coordinates(place), current: airVariables }
    return readAirQuality(await get(`${options.airQualityUrl}/v1/air-quality`, query, signal))
  }

  return {
    name: provider,
    title: 'Open-Meteo',
    callsPerPlace: 2,
    fetch: async (place, signal) => {
      const [reading, air] = await Promise.all([
        forecast(place, signal),
        optionalPart('air_quality', airQuality(place, signal), options.onPartFailed),
      ])
      return { ...reading, airQuality: air }
    },
  }
}
