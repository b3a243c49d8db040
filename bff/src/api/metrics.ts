import type { Metrics } from '@flux/runtime'
import type { FastifyInstance } from 'fastify'

const classes = ['2xx', '3xx', '4xx', '5xx'] as const

/** What no route answers. */
const other = 'other'

/** Counts and times the answers of the public HTTP. To be called before the routes are added. */
export const measureHttp = (app: FastifyInstance, metrics: Metrics): void => {
  const requests = metrics.counter({
    name: 'flux_http_requests_total',
    help: 'Answers of the public HTTP, by route and class of status.',
    labels: ['route', 'code'],
  })
  const seconds = metrics.histogram({
    name: 'flux_http_request_seconds',
    help: 'Time that an answer of the public HTTP took.',
    labels: ['route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  })
  const known = new Set<string>()
  const begin = (route: string) => {
    if (known.has(route)) return
    known.add(route)
    for (const code of classes) requests.inc({ route, code }, 0)
    seconds.zero({ route })
  }
  begin(other)
  app.addHook('onRoute', ({ url }) => begin(url))
  app.addHook('onResponse', async (request, reply) => {
    const { url } = request.routeOptions
    const route = url !== undefined && known.has(url) ? url : other
    requests.inc({ route, code: `${Math.floor(reply.statusCode / 100)}xx` })
    seconds.observe({ route }, reply.elapsedTime / 1_000)
  })
}
