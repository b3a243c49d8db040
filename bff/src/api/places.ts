import type { FoundPlace, Places } from '@flux/places'
import type { FastifyInstance } from 'fastify'

const usage =
  'Give one of q (1 to 100 characters of a name), near (latitude,longitude in degrees, as 59.9,10.7) or zone (an IANA time zone, as Europe/Oslo); limit is from 1 to 20.'

interface Query {
  readonly q?: string
  readonly near?: string
  readonly zone?: string
  readonly limit: number
}

const querystring = {
  type: 'object',
  properties: {
    q: { type: 'string', minLength: 1, maxLength: 100 },
    near: { type: 'string', maxLength: 50, pattern: '^-?\\d{1,2}(\\.\\d+)?,-?\\d{1,3}(\\.\\d+)?$' },
    zone: { type: 'string', minLength: 1, maxLength: 64 },
    limit: { type: 'integer', minimum: 1, maximum: 20, default: 10 },
  },
  oneOf: [{ required: ['q'] }, { required: ['near'] }, { required: ['zone'] }],
} as const

const place = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    country: { type: 'string' },
    region: { type: ['string', 'null'] },
    latitude: { type: 'number' },
    longitude: { type: 'number' },
    zone: { type: 'string' },
    population: { type: ['integer', 'null'] },
  },
} as const

const response = {
  200: {
    type: 'object',
    properties: { places: { type: 'array', items: place } },
  },
} as const

/** The list changes with a release only; where somebody is, is nobody else's business. */
const keptFor = { public: 'public, max-age=3600', private: 'private, max-age=3600' } as const

const nearest = (places: Places, near: string): readonly FoundPlace[] | undefined => {
  const [latitude = Number.NaN, longitude = Number.NaN] = near.split(',').map(Number)
  const isOnEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  return isOnEarth ? [places.nearestPlace(latitude, longitude)] : undefined
}

const answer = (places: Places, { q, near, zone = '', limit }: Query) => {
  if (q !== undefined) return places.searchPlaces(q, { limit })
  if (near !== undefined) return nearest(places, near)
  const largest = places.largestPlaceOfZone(zone)
  return largest ? [largest] : []
}

/** `GET /api/v1/places?q=|near=|zone=`: places for what is typed so far, the nearest, the largest of a time zone. */
export const servePlaces = (app: FastifyInstance, places: Places): void => {
  app.get<{ Querystring: Query }>(
    '/api/v1/places',
    { schema: { querystring, response }, schemaErrorFormatter: () => new Error(usage) },
    (request, reply) => {
      const found = answer(places, request.query)
      if (!found) return reply.code(400).send({ code: 'bad_request', message: usage })
      const kept = request.query.near === undefined ? keptFor.public : keptFor.private
      return reply.header('cache-control', kept).send({ places: found })
    },
  )
}
