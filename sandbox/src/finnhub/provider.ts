import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type Allowance, createAllowance } from '../allowance.ts'
import { keyState } from '../api-key.ts'
import type { InstantFault } from '../control/schemas.ts'
import type { Provider, ProviderDeps } from '../provider.ts'
import { type MarketMode, marketModes } from './calendar.ts'
import { errorBody } from './errors.ts'
import { createExchange, type Exchange } from './exchange.ts'
import { callsPerMinute, registerRest } from './rest.ts'
import { createStream, provider, type Stream } from './stream.ts'
import { stocks } from './universe.ts'

const prefix = '/finnhub'

interface Parts {
  readonly exchange: Exchange
  readonly stream: Stream
  readonly calls: Allowance
  time(): number
}

const createParts = (deps: ProviderDeps, mode: MarketMode): Parts => {
  const { market, clock, faults } = deps
  const time = () => Math.floor(market.time() / 1000)
  return {
    time,
    exchange: createExchange({ seed: market.seed, startAt: time(), mode }),
    stream: createStream(faults),
    calls: createAllowance({ clock, windowMs: 60_000, limit: null, shown: callsPerMinute }),
  }
}

const happen = (deps: ProviderDeps, parts: Parts, fault: InstantFault): number => {
  const { exchange, stream, time } = parts
  if (fault.provider !== provider) return 0
  if (fault.kind === 'drop') return deps.sockets.drop(provider)
  if (fault.kind === 'burst') {
    const trades = exchange.burst(time(), { symbol: fault.product, count: fault.count })
    stream.publish(trades)
    return trades.length
  }
  const reached = Array.from({ length: fault.count }, () => stream.sendError(fault.message))
  return reached.at(-1) ?? 0
}

const settingsSchema = z.strictObject({
  market: z.enum(marketModes).optional(),
  callsPerMinute: z.number().int().min(0).max(1_000_000).nullable().optional(),
})

const controlled = ({ exchange, stream, calls, time }: Parts) => ({
  market: exchange.mode(),
  session: exchange.session(time()),
  callsPerMinute: calls.limit(),
  subscriptions: stream.subscriptions(),
})

const registerControl = (app: FastifyInstance, parts: Parts) => {
  app.get('/', async () => controlled(parts))
  app.post('/', async (request) => {
    const settings = settingsSchema.parse(request.body)
    if (settings.market !== undefined) parts.exchange.setMode(settings.market)
    if (settings.callsPerMinute !== undefined) parts.calls.setLimit(settings.callsPerMinute)
    return controlled(parts)
  })
}

/** The stand-in for Finnhub: REST under `/finnhub/api/v1`, stream at `/finnhub/ws`; `market` says by which hours it begins. */
export const createFinnhub = (market: MarketMode): Provider => ({
  name: provider,
  prefix,
  errorBody,
  hasProduct: (symbol) => stocks.some((stock) => stock.symbol === symbol),
  register: (app, deps) => {
    const parts = createParts(deps, market)
    const { exchange, stream } = parts
    registerRest(app, parts)
    deps.sockets.serve({
      provider,
      path: `${prefix}/ws`,
      admit: (query) => (keyState(query.get('token')) === 'good' ? undefined : 401),
      open: stream.open,
    })
    deps.market.listen({
      onMatch: () => {},
      onSecond: (time) => {
        stream.publish(exchange.passSecond(time / 1000))
        stream.passSecond(time / 1000)
      },
    })
    deps.faults.onInstant((fault) => happen(deps, parts, fault))
    deps.control(provider, (scope) => registerControl(scope, parts))
  },
})
