import { kafkaChannels } from '@flux/contracts'
import type { FastifyInstance } from 'fastify'
import { refTo, schemas } from './openapi-schemas.ts'

const json = (schema: object) => ({ 'application/json': { schema } })

const text = { schema: { type: 'string' } } as const

const failed = (description: string) => ({ description, content: json(refTo('Failure')) })

const internal = failed('It did not work; nothing is wrong with the request.')

const query = (name: string, description: string, schema: object) => ({
  name,
  in: 'query',
  description,
  schema,
})

const listChannels = {
  operationId: 'listChannels',
  summary: 'What there is to subscribe to',
  responses: {
    200: { description: 'Every channel.', content: json(refTo('Channels')) },
    500: internal,
  },
}

const newestOfChannel = {
  operationId: 'newestOfChannel',
  summary: 'The newest value of every key of a channel',
  description: 'Made once a second at most. `d` is the value, `t` the time of the fact.',
  parameters: [
    {
      name: 'name',
      in: 'path',
      required: true,
      schema: { type: 'string', maxLength: 64, enum: kafkaChannels.map(({ name }) => name) },
    },
    { name: 'If-None-Match', in: 'header', description: 'The `ETag` of an answer.', ...text },
  ],
  responses: {
    200: {
      description: 'The values as this replica has them.',
      headers: { ETag: text, 'Cache-Control': text },
      content: json(refTo('Newest')),
    },
    304: {
      description: 'They are those of `If-None-Match`.',
      headers: { ETag: text, 'Cache-Control': text },
    },
    400: failed('The name is too long.'),
    404: failed('There is no such channel with stored values.'),
    500: internal,
  },
}

const findPlaces = {
  operationId: 'findPlaces',
  summary: 'Places by name, the nearest, or the largest of a time zone',
  description: 'Exactly one of `q`, `near` and `zone` is given.',
  parameters: [
    query('q', 'What is typed so far of a name; the best match comes first.', {
      type: 'string',
      minLength: 1,
      maxLength: 100,
    }),
    query('near', 'Latitude and longitude in degrees: `59.9,10.7`.', {
      type: 'string',
      maxLength: 50,
      pattern: '^-?\\d{1,2}(\\.\\d+)?,-?\\d{1,3}(\\.\\d+)?$',
    }),
    query('zone', 'An IANA time zone: `Europe/Oslo`.', {
      type: 'string',
      minLength: 1,
      maxLength: 64,
    }),
    query('limit', 'Most places of an answer to `q`; the others answer one at most.', {
      type: 'integer',
      minimum: 1,
      maximum: 20,
      default: 10,
    }),
  ],
  responses: {
    200: {
      description: 'The places; none where nothing is meant.',
      headers: { 'Cache-Control': text },
      content: json(refTo('Places')),
    },
    400: failed('What a question has to look like.'),
    500: internal,
  },
}

const thisDocument = {
  operationId: 'openApi',
  summary: 'This document',
  responses: {
    200: {
      description: 'An OpenAPI 3.1 document.',
      headers: { 'Cache-Control': text },
      content: json({ type: 'object' }),
    },
    500: internal,
  },
}

/** The OpenAPI 3.1 document of the public HTTP. */
export const openApi = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Flux',
    version: '1',
    description: 'Reads over HTTP; what is live comes over Socket.IO. `HEAD` works like `GET`.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  security: [],
  paths: {
    '/api/v1/channels': { get: listChannels },
    '/api/v1/channels/{name}': { get: newestOfChannel },
    '/api/v1/places': { get: findPlaces },
    '/api/v1/openapi.json': { get: thisDocument },
  },
  components: { schemas: schemas() },
})

/** `GET /api/v1/openapi.json`: the document of everything below `/api/v1`. It changes with a release only. */
export const serveOpenApi = (app: FastifyInstance): void => {
  const body = JSON.stringify(openApi())
  app.get('/api/v1/openapi.json', (_request, reply) =>
    reply.header('cache-control', 'public, max-age=3600').type('application/json').send(body),
  )
}
