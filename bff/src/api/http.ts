import { ConfigError } from '@flux/runtime'
import type { FastifyInstance } from 'fastify'
import { fastify } from 'fastify'
import type { BffOptions } from '../options.ts'
import type { Feed } from '../state/feed.ts'
import { serveChannels } from './channels.ts'
import { measureHttp } from './metrics.ts'
import { serveOpenApi } from './openapi.ts'

const internal = { code: 'internal', message: 'This did not work. Try again.' }

/**
 * Connections that the kernel keeps until they are accepted. What comes beyond it has to try again after 1, 3, 7 and 15 s,
 * and Node's own 511 are too few when everybody comes back at once; Linux takes at most `net.core.somaxconn`, 4,096 by default.
 */
const acceptBacklog = 4_096

/** The public HTTP server; Socket.IO is attached to it. No internal message leaves it. */
export const createHttp = (
  feed: Pick<Feed, 'stateOf' | 'epoch'>,
  { clock, log, metrics }: Pick<BffOptions, 'clock' | 'log' | 'metrics'>,
): FastifyInstance => {
  const app = fastify({
    logger: false,
    bodyLimit: 16 * 1_024,
    forceCloseConnections: true,
    requestTimeout: 10_000,
  })
  measureHttp(app, metrics)
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
  })
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .send({ code: 'not_found', message: 'There is nothing here. See /api/v1/channels.' }),
  )
  app.setErrorHandler((error: FastifyBaseError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500)
      return reply.code(status).send({ code: 'bad_request', message: error.message })
    log.error({ err: error, route: request.routeOptions.url }, 'a request failed')
    return reply.code(500).send(internal)
  })
  serveChannels(app, feed, clock)
  serveOpenApi(app)
  return app
}

interface FastifyBaseError extends Error {
  readonly statusCode?: number
}

/** Listens on all addresses; resolves to the bound port. Throws `ConfigError` when it is taken. */
export const listen = async (app: FastifyInstance, port: number): Promise<number> => {
  try {
    await app.listen({ port, host: '::', backlog: acceptBacklog })
  } catch (error) {
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    throw new ConfigError([
      `PORT ${port} is in use or not allowed (${code}); set PORT to a free port`,
    ])
  }
  const bound = app.server.address()
  return typeof bound === 'object' && bound ? bound.port : port
}
