import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Allowance, createAllowance } from '../allowance.ts'
import { keyState } from '../api-key.ts'
import type { Provider, ProviderDeps } from '../provider.ts'
import { errorBody, newsError } from './errors.ts'
import { latest } from './latest.ts'
import { parseQuery } from './query.ts'

const minuteMs = 60_000
const perQuarter = 30
const perDay = 200

/** What a free key may spend: the day's credits, and those of fifteen minutes. */
interface Credits {
  readonly day: Allowance
  readonly quarter: Allowance
}

const createCredits = ({ clock }: ProviderDeps): Credits => ({
  day: createAllowance({ clock, windowMs: 1_440 * minuteMs, limit: perDay, shown: perDay }),
  quarter: createAllowance({
    clock,
    windowMs: 15 * minuteMs,
    limit: perQuarter,
    shown: perQuarter,
  }),
})

const record = z.record(z.string(), z.unknown())

const keyOf = (request: FastifyRequest, query: Readonly<Record<string, unknown>>) => {
  const header = request.headers['x-access-key']
  const key = typeof header === 'string' ? header : query['apikey']
  return typeof key === 'string' ? key : undefined
}

const tellCredits = (reply: FastifyReply, { day, quarter }: Credits) => {
  reply.header('x-ratelimit-remaining', String(quarter.remaining()))
  reply.header('x-api-limit-remaining', String(day.remaining()))
  reply.header('x_rate_limit_remaining', String(quarter.remaining()))
  reply.header('x_api_limit_remaining', String(day.remaining()))
}

/** Spends a credit, or says which window has none left. */
const spend = ({ day, quarter }: Credits) => {
  if (day.remaining() === 0 && day.limit() !== null) {
    return newsError('ApiLimitExceeded', 'You have used the credits of your plan for today.')
  }
  if (!quarter.take()) return errorBody(429)
  day.take()
  return undefined
}

const answer = (
  deps: ProviderDeps,
  credits: Credits,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
) => {
  const { market } = deps
  const raw = record.parse(request.query)
  const key = keyState(keyOf(request, raw))
  if (key === 'missing') {
    return reply.code(401).send(newsError('Unauthorized', 'An API key is needed.'))
  }
  if (key === 'wrong') return reply.code(401).send(errorBody(401))
  const query = parseQuery(raw)
  if ('status' in query) return reply.code(query.status).send(query.body)
  const refused = spend(credits)
  tellCredits(reply, credits)
  if (refused) return reply.code(429).send(refused)
  return reply.send(latest(query, { seed: market.seed, time: Math.floor(market.time() / 1000) }))
}

const limit = z.number().int().min(0).max(1_000_000).nullable().optional()
const settingsSchema = z.strictObject({ creditsPerDay: limit, creditsPer15Minutes: limit })

const controlled = ({ day, quarter }: Credits) => ({
  creditsPerDay: day.limit(),
  creditsPer15Minutes: quarter.limit(),
  leftToday: day.remaining(),
  leftIn15Minutes: quarter.remaining(),
})

const registerControl = (app: FastifyInstance, credits: Credits) => {
  app.get('/', async () => controlled(credits))
  app.post('/', async (request) => {
    const { creditsPerDay, creditsPer15Minutes } = settingsSchema.parse(request.body)
    if (creditsPerDay !== undefined) credits.day.setLimit(creditsPerDay)
    if (creditsPer15Minutes !== undefined) credits.quarter.setLimit(creditsPer15Minutes)
    return controlled(credits)
  })
}

/** The stand-in for NewsData.io, under `/newsdata/api/1`. */
export const createNewsdata = (): Provider => ({
  name: 'newsdata',
  prefix: '/newsdata',
  errorBody,
  register: (app, deps) => {
    const credits = createCredits(deps)
    // `/news` is the old name of the same endpoint.
    for (const path of ['/api/1/latest', '/api/1/news']) {
      app.get(path, (request, reply) => answer(deps, credits, { request, reply }))
    }
    deps.control('newsdata', (scope) => registerControl(scope, credits))
  },
})
