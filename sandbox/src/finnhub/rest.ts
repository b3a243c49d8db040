import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Allowance } from '../allowance.ts'
import { keyState } from '../api-key.ts'
import { errorBody, errors } from './errors.ts'
import type { Exchange } from './exchange.ts'
import type { StockQuote } from './stock.ts'

/** What the routes answer from. */
export interface RestDeps {
  readonly exchange: Exchange
  readonly calls: Allowance
  /** The market's time in epoch milliseconds. */
  time(): number
}

/** Endpoints that a free key has no access to. */
const premium = [
  '/stock/candle',
  '/stock/tick',
  '/stock/bbo',
  '/stock/price-target',
  '/stock/dividend',
  '/stock/split',
  '/crypto/candle',
  '/forex/candle',
  '/index/constituents',
] as const

/** What Finnhub tells of a symbol that it does not know or does not cover: status 200. */
const unknownQuote: StockQuote = { c: 0, d: null, dp: null, h: 0, l: 0, o: 0, pc: 0, t: 0 }

const tokenQuery = z.object({ token: z.string().optional().catch(undefined) })
const quoteQuery = z.object({ symbol: z.string().min(1) })
const statusQuery = z.object({ exchange: z.string().min(1) })

const keyOf = (request: FastifyRequest): string | undefined => {
  const header = request.headers['x-finnhub-token']
  return typeof header === 'string' ? header : tokenQuery.parse(request.query).token
}

const tellLimits = (reply: FastifyReply, calls: Allowance, shown: number) => {
  reply.header('x-ratelimit-limit', String(calls.limit() ?? shown))
  reply.header('x-ratelimit-remaining', String(calls.remaining()))
  reply.header('x-ratelimit-reset', String(Math.floor(calls.resetAt() / 1000)))
}

/** Calls a minute of a free key: told in headers, and refused only when the control API says so. */
export const callsPerMinute = 60

/** Key and limit, in the order in which Finnhub looks at them. */
const guard = async (calls: Allowance, request: FastifyRequest, reply: FastifyReply) => {
  const key = keyState(keyOf(request))
  if (key !== 'good') {
    const error = key === 'missing' ? errors.missingKey : errors.wrongKey
    return reply.code(401).send({ error })
  }
  const allowed = calls.take()
  tellLimits(reply, calls, callsPerMinute)
  if (!allowed) return reply.code(429).send(errorBody(429))
}

const sessionNames = { pre: 'pre-market', regular: 'regular', post: 'post-market', closed: null }

const marketStatus = ({ exchange, time }: RestDeps) => {
  const now = time()
  const { phase, holiday } = exchange.session(now)
  return {
    exchange: 'US',
    holiday,
    isOpen: phase === 'regular',
    session: sessionNames[phase],
    t: Math.floor(now / 1000),
    timezone: 'America/New_York',
  }
}

/** Adds the REST API, below the provider's prefix. */
export const registerRest = (app: FastifyInstance, deps: RestDeps): void => {
  const { exchange, calls } = deps
  const onRequest = (request: FastifyRequest, reply: FastifyReply) => guard(calls, request, reply)
  app.get('/api/v1/quote', { onRequest }, async (request, reply) => {
    const query = quoteQuery.safeParse(request.query)
    if (!query.success) return reply.code(422).send(errorBody(422))
    return exchange.stocks.get(query.data.symbol)?.quote() ?? unknownQuote
  })
  app.get('/api/v1/stock/market-status', { onRequest }, async (request, reply) => {
    const query = statusQuery.safeParse(request.query)
    if (!query.success) return reply.code(422).send(errorBody(422))
    if (query.data.exchange !== 'US') return reply.code(403).send(errorBody(403))
    return marketStatus(deps)
  })
  for (const path of premium) {
    app.get(`/api/v1${path}`, { onRequest }, (_request, reply) =>
      reply.code(403).send(errorBody(403)),
    )
  }
}
