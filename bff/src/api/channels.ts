import { createHash } from 'node:crypto'
import { channels } from '@flux/contracts'
import type { Clock } from '@flux/runtime'
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

type Source = Pick<Feed, 'stateOf' | 'epoch'>

const newestOf = (feed: Source, name: string): string | undefined => {
  const state = feed.stateOf(name)
  if (!state) return undefined
  const wires = [...state.rooms()].flatMap((room) =>
    [...room.newest.values()].filter((entry) => !entry.removed).map((entry) => entry.wire),
  )
  const epoch = JSON.stringify(feed.epoch() ?? null)
  return `{"channel":${JSON.stringify(name)},"epoch":${epoch},"entries":[${wires.join(',')}]}`
}

/** How long an answer is given again, in milliseconds: making one reads a whole channel. */
const keepMs = 1_000

/** The newest values of a channel as JSON text with their `ETag`, made once a second at most. */
const createAnswers = (feed: Source, clock: Clock) => {
  const answers = new Map<string, { body: string; etag: string; at: number }>()
  return (name: string) => {
    const held = answers.get(name)
    if (held && clock.monotonic() - held.at < keepMs) return held
    const body = newestOf(feed, name)
    if (body === undefined) return undefined
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
    const answer = { body, etag, at: clock.monotonic() }
    answers.set(name, answer)
    return answer
  }
}

const params = {
  type: 'object',
  properties: { name: { type: 'string', maxLength: 64 } },
  required: ['name'],
} as const

/** `GET /api/v1/channels` and `/api/v1/channels/{name}`: what there is, and a channel's newest values with an `ETag`. */
export const serveChannels = (app: FastifyInstance, feed: Source, clock: Clock): void => {
  const answerOf = createAnswers(feed, clock)
  app.get('/api/v1/channels', () => ({ channels: described }))
  app.get<{ Params: { name: string } }>(
    '/api/v1/channels/:name',
    { schema: { params } },
    async (request, reply) => {
      const answer = answerOf(request.params.name)
      if (!answer) {
        const message = 'There is no such channel with stored values. See /api/v1/channels.'
        return reply.code(404).send({ code: 'not_found', message })
      }
      const { body, etag } = answer
      reply.header('etag', etag).header('cache-control', 'no-cache')
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      return reply.type('application/json').send(body)
    },
  )
}
