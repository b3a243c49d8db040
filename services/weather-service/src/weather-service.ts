import { fetchWeather, weather } from '@flux/contracts'
import { createPlaces } from '@flux/places'
import type { ConfigOf, Service } from '@flux/runtime'
import { createAccess, createProviderBreaker } from './access.ts'
import { type BudgetsOptions, createPay } from './budgets.ts'
import type { weatherSettings } from './config.ts'
import { createEvents, type WeatherEvents } from './events.ts'
import { createFetchPlace } from './fetch-place.ts'
import { createHealth } from './health.ts'
import { createOpenMeteo } from './provider/open-meteo.ts'
import { createOpenWeatherMap } from './provider/openweathermap.ts'
import type { WeatherProvider } from './provider/port.ts'
import { createStops } from './stop.ts'
import { createStore } from './store.ts'

/** The configuration of weather-service. */
export type WeatherConfig = ConfigOf<typeof weatherSettings>

/** A provider and what it allows. */
interface Opened {
  readonly provider: WeatherProvider
  readonly limits: Pick<BudgetsOptions, 'callsPerMinute' | 'callsPerDay'>
}

/** How often the leader looks at what other replicas see of the provider, in milliseconds. */
const followEveryMs = 5_000

/** The provider and what it allows: OpenWeatherMap with a key, Open-Meteo without. */
const openProvider = (
  { config, clock, sources }: Service<WeatherConfig>,
  events: WeatherEvents,
): Opened => {
  const common = { clock, onPartFailed: events.partFailed, onCall: sources.called }
  const { openWeatherMapApiKey: apiKey } = config
  if (apiKey !== undefined) {
    const url = config.openWeatherMapUrl
    const provider = createOpenWeatherMap({ url, apiKey, ...common })
    return { provider, limits: { callsPerMinute: config.openWeatherMapRate } }
  }
  const urls = { url: config.openMeteoUrl, airQualityUrl: config.openMeteoAirQualityUrl }
  return {
    provider: createOpenMeteo({ ...urls, ...common }),
    limits: { callsPerMinute: config.openMeteoRate, callsPerDay: config.openMeteoDaily },
  }
}

/** The provider behind budget, stop and breaker, and how it does. */
const openAccess = (
  service: Service<WeatherConfig>,
  events: WeatherEvents,
  { provider, limits }: Opened,
) => {
  const { cache, clock, random, sources, config } = service
  const { name, callsPerPlace } = provider
  const { simulated } = config
  const breaker = createProviderBreaker(clock, events.breaker)
  const health = createHealth({
    ...{ provider: name, callsPerPlace, sources, cache, clock, simulated },
    breaker: breaker.state,
  })
  const fetch = createAccess({
    ...{ provider, breaker, health, clock, random },
    pay: createPay({ ...limits, provider: name, callsPerPlace, cache, clock, random }),
    stops: createStops({ provider: name, cache, clock }),
    onStop: events.stopped,
  })
  return { fetch, health }
}

/** Puts the service together: commands on every replica; the leader tells how the provider does. */
export const startWeather = async (service: Service<WeatherConfig>): Promise<void> => {
  const { cache, clock, config } = service
  const { simulated } = config
  const events = createEvents(service.log, service.metrics)
  const { findPlace } = createPlaces()
  const opened = openProvider(service, events)
  const { provider } = opened
  const { fetch, health } = openAccess(service, events, opened)
  events.provider(provider.name)
  const store = createStore({
    ...{ cache, clock, simulated },
    name: simulated ? `${provider.name}~simulated` : provider.name,
    published: (signal) => service.newest(weather, signal),
  })
  service.handle(
    fetchWeather,
    createFetchPlace({
      ...{ provider, store, events, clock, findPlace, fetch },
      publish: (value, options) =>
        service.publish(weather, value, { ...options, source: provider.name, simulated }),
    }),
  )
  const poll = 'provider-health'
  service.lead((leader) => leader.poll(poll, followEveryMs, health.follow), { polls: [poll] })
}
