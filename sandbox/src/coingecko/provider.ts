import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Market } from '../market/market.ts'
import type { Provider } from '../provider.ts'
import { coinOf, ranked, type Span, sorted, spans } from './coins.ts'

const mostPerPage = 250
const factors: Readonly<Record<string, number>> = { usd: 1, eur: 0.859, gbp: 0.742 }

/** A whole number within bounds; what is out of them is moved to the nearest, as CoinGecko does. */
const bounded = (low: number, high: number, fallback: number) =>
  z.coerce
    .number()
    .int()
    .catch(fallback)
    .default(fallback)
    .transform((value) => Math.min(high, Math.max(low, value)))

const isSpan = (text: string): text is Span => spans.some((span) => span === text)
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((part) => part !== ''))

const marketsQuery = z.object({
  vs_currency: z.string().min(1).optional(),
  order: z.string().default('market_cap_desc'),
  per_page: bounded(1, mostPerPage, 100),
  page: bounded(1, 1_000_000, 1),
  price_change_percentage: list.transform((parts) => parts.filter(isSpan)),
  ids: list,
})

type MarketsQuery = z.infer<typeof marketsQuery>

/** One page of `/coins/markets`. */
const marketsPage = (market: Market, query: MarketsQuery & { factor: number }) => {
  const view = { factor: query.factor, spans: query.price_change_percentage, seed: market.seed }
  const coins = ranked(market.coins.map((instrument) => coinOf(instrument, view)))
  const wanted = query.ids.length > 0 ? coins.filter(({ id }) => query.ids.includes(id)) : coins
  const from = (query.page - 1) * query.per_page
  return sorted(wanted, query.order).slice(from, from + query.per_page)
}

const registerMarkets = (app: FastifyInstance, market: Market) => {
  app.get('/api/v3/coins/markets', async (request, reply) => {
    const query = marketsQuery.safeParse(request.query)
    if (!query.success) return reply.code(422).send({ error: 'Invalid parameters' })
    const currency = query.data.vs_currency
    if (!currency) return reply.code(422).send({ error: 'Missing parameter vs_currency' })
    const factor = factors[currency.toLowerCase()]
    if (factor === undefined) return reply.code(400).send({ error: 'invalid vs_currency' })
    reply.header('cache-control', 'public, max-age=30')
    return reply.send(marketsPage(market, { ...query.data, factor }))
  })
}

const reasons: Readonly<Record<number, string>> = {
  401: 'API Key Missing',
  403: 'This request is limited',
  404: 'coin not found',
  429: 'The rate limit is exceeded',
}

/** The stand-in for CoinGecko, under `/coingecko/api/v3`. */
export const createCoingecko = (): Provider => ({
  name: 'coingecko',
  prefix: '/coingecko',
  errorBody: (status) => ({
    status: {
      error_code: status === 401 ? 10002 : status,
      error_message: reasons[status] ?? 'Internal Server Error',
    },
  }),
  register: (app, { market }) => registerMarkets(app, market),
})
