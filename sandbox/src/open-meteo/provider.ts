import { FluxError } from '@flux/runtime'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Provider } from '../provider.ts'
import type { AirQuality } from '../weather/air.ts'
import type { Conditions } from '../weather/conditions.ts'
import { hourMs } from '../weather/sphere.ts'
import { createWeather, type Weather } from '../weather/weather.ts'
import { failure, failureOf } from './errors.ts'
import { type Domain, forecastOf } from './forecast.ts'
import { searchOf } from './geocoding.ts'
import { readQuery } from './query.ts'
import { airVariables, weatherVariables } from './variables.ts'

/** The hours of a reply are in its days too: each is worked out once. */
const remembered = (at: Weather['at']): Weather['at'] => {
  const known = new Map<string, Conditions>()
  return (spot, ms) => {
    const key = `${spot.latitude},${spot.longitude},${ms}`
    const state = known.get(key) ?? at(spot, ms)
    known.set(key, state)
    return state
  }
}

const forecastDomain = (weather: Weather): Domain<Conditions> => {
  const at = remembered(weather.at)
  return {
    name: 'forecast',
    intervalMs: hourMs / 4,
    gridStep: 0.02,
    days: { most: 16, usual: 7 },
    variables: weatherVariables,
    stateAt: at,
    dayStateAt: at,
    elevation: weather.elevation,
  }
}

const airDomain = (weather: Weather): Domain<AirQuality> => ({
  name: 'air-quality',
  intervalMs: hourMs,
  gridStep: 0.1,
  days: { most: 7, usual: 5 },
  variables: airVariables,
  stateAt: weather.airAt,
  elevation: weather.elevation,
})

const registerErrors = (app: FastifyInstance) => {
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof FluxError)) throw error
    return reply.code(400).send(failure(error.message))
  })
}

/** The stand-in for Open-Meteo: forecast, air quality and geocoding under `/open-meteo/v1`. */
export const createOpenMeteo = (): Provider => ({
  name: 'open-meteo',
  prefix: '/open-meteo',
  errorBody: failureOf,
  register: (app, { market }) => {
    const weather = createWeather(market.seed)
    const serve = <T>(path: string, domainOf: (weather: Weather) => Domain<T>) => {
      app.get(path, async (request, reply: FastifyReply) => {
        const domain = domainOf(weather)
        const query = readQuery(request.query, domain.days)
        const now = Math.floor(market.time() / 1000)
        return reply.send(forecastOf(domain, query, { now, seed: market.seed }))
      })
    }
    registerErrors(app)
    serve('/v1/forecast', forecastDomain)
    serve('/v1/air-quality', airDomain)
    app.get('/v1/search', async (request) => searchOf(request.query, weather.elevation))
  },
})
