import type { FastifyInstance } from 'fastify'
import type { Provider } from '../provider.ts'
import { createWeather } from '../weather/weather.ts'
import { errorBody, Refusal } from './errors.ts'
import { type Query, readQuery } from './query.ts'
import { airReply, currentReply, forecastReply, geoReply, type Moment } from './replies.ts'

const registerErrors = (app: FastifyInstance) => {
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Refusal)) throw error
    return reply.code(error.status).send(errorBody(error.status, error.message))
  })
}

/** The stand-in for OpenWeatherMap: weather, forecast, air pollution and geocoding under `/openweathermap`. */
export const createOpenWeatherMap = (): Provider => ({
  name: 'openweathermap',
  prefix: '/openweathermap',
  errorBody,
  register: (app, { market }) => {
    const { seed } = market
    const weather = createWeather(seed)
    const serve = (path: string, answer: (query: Query, moment: Moment) => unknown) => {
      app.get(path, async (request) => {
        const now = Math.floor(market.time() / 1000)
        return answer(readQuery(request.query), { weather, seed, now })
      })
    }
    registerErrors(app)
    serve('/data/2.5/weather', currentReply)
    serve('/data/2.5/forecast', forecastReply)
    serve('/data/2.5/air_pollution', airReply)
    serve('/geo/1.0/direct', geoReply)
  },
})
