import { createHash } from 'node:crypto'
import { channels } from '@flux/contracts'
import type { FastifyInstance } from 'fastify'
import type { Feed } from '../state/feed.ts'

const described = channels.map(
  ({ name, topic, schemaId, delivery, history, ages, roomPattern }) => ({
    name,
    schema: schemaId,
    delivery,
    history,
    ages,
    room: `${roomPattern.domain}.{${roomPattern.part}}`,
    ...(topic && { topic }),
  }),
)

const newestOf = (feed: Feed, name: string): string | undefined => {
  const state = feed.stateOf(name)
  if (!state) return undefined
  const wires = [...state.rooms()].flatMap((room) =>
    [...room.newest.values()].filter((entry) => !entry.removed).map((entry) => entry.wire),
  )
  const epoch = JSON.stringify(feed.epoch() ?? null)
  return `{"channel":${JSON.stringify(name)},"epoch":${epoch},"entries":[${wires.join(',')}]}`
}

const params = {
  type: 'object',
  properties: { name: { type: 'string', maxLength: 64 } },
  required: ['name'],
} as const

/** `GET /api/v1/channels` and `/api/v1/channels/{name}`: what there is, and a channel's newest values with an `ETag`. */
export const serveChannels = (app: FastifyInstance, feed: Feed): void => {
  app.get('/api/v1/channels', () => ({ channels: described }))
  app.get<{ Params: { name: string } }>(
    '/api/v1/channels/:name',
    { schema: { params } },
    async (request, reply) => {
      const body = newestOf(feed, request.params.name)
      if (body === undefined) {
        const message = 'There is no such channel with stored values. See /api/v1/channels.'
        return reply.code(404).send({ code: 'not_found', message })
      }
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
      reply.header('etag', etag).header('cache-control', 'no-cache')
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      return reply.type('application/json').send(body)
    },
  )
}
