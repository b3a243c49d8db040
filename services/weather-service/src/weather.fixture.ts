import type { Place } from '@flux/contracts'
import type { Reading } from './provider/port.ts'
import type { Weather } from './values.ts'

/** A place for tests. */
export const oslo: Place = {
  id: 'oslo-no',
  name: 'Oslo',
  country: 'NO',
  latitude: 59.91,
  longitude: 10.75,
  zone: 'Europe/Oslo',
}

/** 2026-07-08 12:00 UTC. */
export const noon = Date.UTC(2026, 6, 8, 12)

const hourMs = 3_600_000

/** A complete reading of that noon. */
export const reading: Reading = {
  current: {
    at: noon,
    condition: 'rain',
    isDay: true,
    temperatureC: 14.5,
    feelsLikeC: 13,
    humidityPercent: 80,
    pressureHpa: 1_003,
    visibilityM: null,
    cloudPercent: 100,
    windKph: 18,
    windGustKph: 30,
    windFromDegrees: 200,
    precipitationMm: 1.2,
  },
  hourly: [0, 1, 2].map((hours) => ({
    at: noon + hours * hourMs,
    condition: 'rain',
    temperatureC: 14 + hours,
    precipitationMm: 0.4,
    precipitationPercent: 70,
    windKph: 18,
  })),
  daily: ['2026-07-08', '2026-07-09'].map((date) => ({
    date,
    condition: 'rain',
    minC: 9,
    maxC: 16,
    precipitationMm: 4,
    precipitationPercent: 90,
    sunriseAt: null,
    sunsetAt: null,
  })),
  airQuality: {
    at: noon,
    usEpaIndex: 30,
    europeanIndex: 20,
    openWeatherIndex: null,
    pm25UgM3: 4,
    pm10UgM3: 8,
    ozoneUgM3: 60,
    nitrogenDioxideUgM3: 5,
    sulphurDioxideUgM3: 1,
    carbonMonoxideUgM3: 150,
  },
}

/** A published value of that noon. */
export const value: Weather = {
  place: oslo,
  provider: 'open-meteo',
  status: 'ok',
  reason: null,
  asOf: noon,
  at: noon,
  current: reading.current,
  hourly: [...(reading.hourly ?? [])],
  daily: [...(reading.daily ?? [])],
  airQuality: reading.airQuality,
}
