import { randomUUID } from 'node:crypto'
import { cryptoTicker, encodeMeta } from '@flux/contracts'
import { createPlaces } from '@flux/places'
import {
  createLog,
  createMemoryBroker,
  createMemoryBus,
  createMetrics,
  loadConfig,
} from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import type { FastifyInstance } from 'fastify'
import { fastify } from 'fastify'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { settings } from '../config.ts'
import { createPublicServer } from '../server.ts'
import { decodeRecord } from '../state/decode.ts'
import { createStateEvents } from '../state/events.ts'
import { createFeed } from '../state/feed.ts'
import { serveChannels } from './channels.ts'
import { openApi } from './openapi.ts'
import { servePlaces } from './places.ts'

const unknowns = z.record(z.string(), z.unknown())
const reply = z.object({
  headers: z.optional(unknowns),
  content: z.optional(z.object({ 'application/json': z.object({ schema: unknowns }) })),
})
const parameter = z.object({ name: z.string(), in: z.string(), schema: unknowns })
const operation = z.object({
  parameters: z.array(parameter).default([]),
  responses: z.record(z.string(), reply),
})
const documented = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.object({ get: operation })),
  components: z.object({ schemas: unknowns }),
})

const log = createLog({ name: 'test', level: 'silent' })

const started = () => {
  const clock = manualClock()
  const metrics = createMetrics()
  const bus = createMemoryBus({ clock, broker: createMemoryBroker({ clock }) })
  const feed = createFeed({ bus, clock, events: createStateEvents(log, metrics) })
  const options = {
    config: loadConfig(settings, { SESSION_KEYS: `test:${'k'.repeat(32)}` }),
    ...{ replica: 'r', bus, places: createPlaces(), clock, log, metrics },
    tracing: { past: () => undefined },
    random: () => 0.5,
    newId: randomUUID,
    signal: AbortSignal.abort(),
  }
  return { feed, http: createPublicServer(options, feed).http }
}

const published = async (http: FastifyInstance) =>
  documented.parse((await http.inject('/api/v1/openapi.json')).json())

type Published = z.infer<typeof documented>

/** What Fastify has registered below /api/v1, as paths of the document; HEAD comes with every GET. */
const registered = (http: FastifyInstance): readonly string[] => {
  const above: string[] = []
  const lines = http.printRoutes({ commonPrefix: false }).split('\n')
  return lines.flatMap((line) => {
    const [, indent = '', part = '', methods] = /^([│├└─\s]*)(\S+)(?: \((.+)\))?$/.exec(line) ?? []
    above.splice(indent.length / 4 - 1, above.length, part)
    const path = above.join('').replaceAll(/:(\w+)/g, '{$1}')
    if (methods === undefined || !path.startsWith('/api/v1')) return []
    return methods.split(', ').flatMap((method) => (method === 'HEAD' ? [] : `${method} ${path}`))
  })
}

/** The schema that the document gives for an answer, ready to check with. */
const schemaOf = ({ paths, components }: Published, path: string, status: number) => {
  const schema = paths[path]?.get.responses[status]?.content?.['application/json'].schema
  if (!schema) throw new Error(`no schema for ${status} of ${path}`)
  const text = JSON.stringify({ ...schema, $defs: components.schemas })
  return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')))
}

const tickerRecord = (price: number) => ({
  topic: cryptoTicker.topic,
  partition: 0,
  offset: 7,
  timestamp: 1_000,
  key: 'BTC-USD',
  value: Buffer.from(
    JSON.stringify({
      ...{ product: 'BTC-USD', price, side: 'buy', tradeId: 1, sequence: 1, at: 1_000 },
      ...{ open24h: null, high24h: null, low24h: null, volume24h: null, volume24hUsd: null },
      ...{ change24hPercent: null, bestBid: null, bestAsk: null, lastSize: null },
      ofANewerProducer: true,
    }),
  ),
  headers: encodeMeta({
    ...{ schema: cryptoTicker.schemaId, source: 'test', simulated: true, id: 'x' },
    ...{ at: 1_000, producedAt: 1_000, version: 1 },
  }),
})

const withTicker = () => {
  const { feed, http } = started()
  const entry = decodeRecord(cryptoTicker, tickerRecord(1.5))
  if (typeof entry === 'string') throw new Error(entry)
  feed.stateOf(cryptoTicker.name)?.apply(entry)
  return http
}

describe('the OpenAPI document', () => {
  it('has every route of the public server below /api/v1, and no other', async () => {
    const { http } = started()
    const { paths } = await published(http)
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(registered(http).length).toBeGreaterThan(3)
    expect(described.toSorted()).toEqual(registered(http).toSorted())
  })

  it('names the parameters that the routes check, as they check them', async () => {
    const checked: Record<string, object> = {}
    const app = fastify().addHook('onRoute', ({ url, schema }) => {
      checked[url.replace(':name', '{name}')] = {
        query: z.object({ properties: unknowns }).safeParse(schema?.querystring).data?.properties,
        path: z.object({ properties: unknowns }).safeParse(schema?.params).data?.properties,
      }
    })
    serveChannels(app, { epoch: () => 'e', stateOf: () => undefined }, manualClock())
    servePlaces(app, createPlaces())
    const { paths } = openApi()
    const named = (path: keyof typeof paths, place: string) => {
      const { parameters } = operation.parse(paths[path].get)
      return Object.fromEntries(
        parameters.filter((p) => p.in === place).map(({ name, schema }) => [name, schema]),
      )
    }
    expect(checked['/api/v1/places']).toEqual({ query: named('/api/v1/places', 'query') })
    expect(named('/api/v1/channels/{name}', 'path')).toMatchObject(
      z.object({ path: unknowns }).parse(checked['/api/v1/channels/{name}']).path,
    )
  })

  it.each([
    ['/api/v1/channels', '/api/v1/channels', 200],
    ['/api/v1/channels/{name}', '/api/v1/channels/crypto.ticker', 200],
    ['/api/v1/channels/{name}', '/api/v1/channels/news.headlines', 200],
    ['/api/v1/channels/{name}', '/api/v1/channels/nope', 404],
    ['/api/v1/channels/{name}', `/api/v1/channels/${'x'.repeat(65)}`, 400],
    ['/api/v1/places', '/api/v1/places?q=paris', 200],
    ['/api/v1/places', '/api/v1/places?near=59.9,10.7', 200],
    ['/api/v1/places', '/api/v1/places?zone=Nowhere', 200],
    ['/api/v1/places', '/api/v1/places', 400],
    ['/api/v1/openapi.json', '/api/v1/openapi.json', 200],
  ])('describes what %s answers to %s with %i', async (path, url, status) => {
    const http = withTicker()
    const document = await published(http)
    const answer = await http.inject(url)
    expect(answer.statusCode).toBe(status)
    expect(schemaOf(document, path, status).safeParse(answer.json()).error).toBeUndefined()
    const headers = Object.keys(document.paths[path]?.get.responses[status]?.headers ?? {})
    for (const name of headers) expect(answer.headers, name).toHaveProperty(name.toLowerCase())
  })

  it('tells a wrong value of a channel from a right one', async () => {
    const http = withTicker()
    const schema = schemaOf(await published(http), '/api/v1/channels/{name}', 200)
    const { body } = await http.inject('/api/v1/channels/crypto.ticker')
    expect(body).toContain('"price":1.5')
    expect(schema.safeParse(JSON.parse(body)).success).toBe(true)
    for (const [right, wrong] of [
      ['"price":1.5', '"price":"1.5"'],
      ['"side":"buy"', '"side":"hold"'],
      ['"p":[0,7]', '"p":[0]'],
      ['crypto.ticker', 'crypto.candles'],
    ] as const)
      expect(schema.safeParse(JSON.parse(body.replace(right, wrong))).success, wrong).toBe(false)
  })

  it('describes the answer that nothing has changed', async () => {
    const http = withTicker()
    const { paths } = await published(http)
    const url = '/api/v1/channels/crypto.ticker'
    const { etag } = (await http.inject(url)).headers
    const again = await http.inject({ url, headers: { 'if-none-match': etag } })
    const { content, headers } = paths['/api/v1/channels/{name}']?.get.responses[304] ?? {}
    expect([again.statusCode, again.body, content]).toEqual([304, '', undefined])
    expect(Object.keys(headers ?? {}).map((name) => again.headers[name.toLowerCase()])).toEqual([
      etag,
      'no-cache',
    ])
  })
})
