import { address, flag, integer, setting } from '@flux/runtime'
import * as z from 'zod'

/** Paths are put behind it, so it ends without a slash. */
const base = address('http', 'https').transform((url) => url.replace(/\/+$/, ''))

/** An empty variable is how deployments say that there is no key. */
const key = z
  .string()
  .optional()
  .transform((text) => text?.trim() || undefined)

/** What weather-service reads from its environment, beside what every process reads. */
export const weatherSettings = {
  openWeatherMapUrl: setting('OPENWEATHERMAP_URL', base, {
    help: 'address of the OpenWeatherMap interface',
    default: 'https://api.openweathermap.org',
  }),
  openWeatherMapApiKey: setting('OPENWEATHERMAP_API_KEY', key, {
    help: 'OpenWeatherMap key; without one the weather comes from Open-Meteo',
    secret: true,
  }),
  openWeatherMapRate: setting('OPENWEATHERMAP_RATE', integer(3, 100_000), {
    // A tenth below the free plan's 60: calls arrive bunched, and one too many stops all of them.
    help: 'OpenWeatherMap calls per minute, over all replicas; a place takes three',
    default: '54',
  }),
  openMeteoUrl: setting('OPEN_METEO_URL', base, {
    help: 'address of the Open-Meteo forecast interface',
    default: 'https://api.open-meteo.com',
  }),
  openMeteoAirQualityUrl: setting('OPEN_METEO_AIR_QUALITY_URL', base, {
    help: 'address of the Open-Meteo air quality interface',
    default: 'https://air-quality-api.open-meteo.com',
  }),
  openMeteoRate: setting('OPEN_METEO_RATE', integer(2, 100_000), {
    help: 'Open-Meteo calls per minute, over all replicas; a place takes two',
    default: '300',
  }),
  openMeteoDaily: setting('OPEN_METEO_DAILY', integer(2, 10_000_000), {
    help: 'Open-Meteo calls per day, over all replicas; a place takes two',
    default: '8000',
  }),
  simulated: setting('SIMULATED', flag, {
    help: 'true marks every record as simulated: the addresses above are the sandbox',
    default: 'false',
  }),
} as const
