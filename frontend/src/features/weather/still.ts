import type { Condition as PanelCondition } from '../../panels/states.ts'
import { heldIn } from '../../panels/states.ts'
import type { StillContent } from '../../panels/still-client.ts'
import type { Condition, Day, Hour, WeatherValue } from './model.ts'

const hour = 3_600_000
const day = 24 * hour

/** A place for pages that stand still. */
export const oslo: WeatherValue['place'] = {
  id: 'oslo-no',
  name: 'Oslo',
  country: 'NO',
  latitude: 59.91,
  longitude: 10.75,
  zone: 'Europe/Oslo',
}

const temperatures = [
  -2, -2, -3, -4, -5, -5, -6, -7, -7, -8, -8, -8, -9, -9, -8, -8, -7, -6, -4, -2, -1, 0, 1, 1, 0,
]
const rain = [
  0, 0, 0, 0, 0.2, 0.6, 1.4, 2.1, 1.1, 0.4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.1, 0.3, 0, 0,
]

const hourly = (start: number): Hour[] =>
  temperatures.map((temperatureC, index) => ({
    at: start + index * hour,
    condition: index < 4 ? 'partly-cloudy' : index < 10 ? 'snow' : 'clear',
    temperatureC,
    precipitationMm: rain[index] ?? 0,
    precipitationPercent: 20,
    windKph: 14,
  }))

const skies: readonly Condition[] = [
  'snow',
  'clear',
  'partly-cloudy',
  'overcast',
  'rain',
  'fog',
  'showers',
]

const daily = (start: number): Day[] =>
  skies.map((condition, index) => ({
    date: new Date(start + index * day).toISOString().slice(0, 10),
    condition,
    minC: -9 + index * 1.5,
    maxC: -1 + index * 1.2,
    precipitationMm: 2,
    precipitationPercent: index * 15,
    sunriseAt: start - 6 * hour + index * day,
    sunsetAt: start + hour + index * day,
  }))

/** The weather of Oslo at a time. */
const weatherAt = (at: number): WeatherValue => {
  const start = Math.floor(at / hour) * hour
  return {
    ...{ place: oslo, provider: 'open-meteo', status: 'ok', reason: null, asOf: at, at },
    current: {
      ...{ at, condition: 'partly-cloudy', isDay: true, temperatureC: -2.4, feelsLikeC: -7.1 },
      ...{ humidityPercent: 78, pressureHpa: 1_003, visibilityM: 24_000, cloudPercent: 48 },
      ...{ windKph: 14, windGustKph: 30, windFromDegrees: 220, precipitationMm: 0 },
    },
    hourly: hourly(start),
    daily: daily(start),
    airQuality: {
      ...{ at, usEpaIndex: 42, europeanIndex: 31, openWeatherIndex: null, pm25UgM3: 8 },
      ...{ pm10UgM3: 12, ozoneUgM3: 60, nitrogenDioxideUgM3: 15, sulphurDioxideUgM3: 1 },
      carbonMonoxideUgM3: 150,
    },
  }
}

/** What a client holds that shows Oslo. */
export const stillWeather = (condition: PanelCondition): StillContent => ({
  user: { home: oslo, units: 'metric', places: ['bergen-no'] },
  values: {
    weather: {
      [oslo.id]: heldIn(condition, { value: weatherAt(condition.at), at: condition.at }),
    },
  },
})
