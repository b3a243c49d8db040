import * as z from 'zod/mini'
import { channel, type Rests } from './channel.ts'
import { command } from './command.ts'
import { epochMs, percent, priceUsd, text } from './values.ts'

const minute = 60_000
const hour = 60 * minute

/** A ticker symbol: `AAPL`, `BRK.B`. */
export const stockSymbol = z.string().check(z.regex(/^[A-Z][A-Z0-9.-]{0,11}$/))

/** What a market is doing. */
export const marketStatus = z.enum(['open', 'pre', 'post', 'closed', 'holiday', 'unknown'])

const session = z.object({ status: marketStatus, nextChangeAt: z.nullable(epochMs) })

/** Out of session, as the market's last word has it: that ends with the next opening, of which it may not have heard. */
const rests: Rests = {
  channel: 'stock.performers',
  during: (value, now) => {
    const { data } = session.safeParse(value)
    if (!data || data.status === 'open' || data.status === 'unknown') return false
    return data.nextChangeAt === null || now < data.nextChangeAt
  },
}

const quote = {
  symbol: stockSymbol,
  price: priceUsd,
  change: z.nullable(z.number()),
  changePercent: z.nullable(percent),
  open: z.nullable(priceUsd),
  high: z.nullable(priceUsd),
  low: z.nullable(priceUsd),
  previousClose: z.nullable(priceUsd),
  /** Time of the last trade. */
  at: epochMs,
}

/** The newest price of a stock, as of its last trade. */
export const stockQuotes = channel({
  name: 'stock.quotes',
  topic: 'stock.quotes.event.updated',
  schema: z.object(quote),
  producer: 'stock-service',
  delivery: 'latest',
  history: { kind: 'sampled', everyMs: minute, spanMs: 2 * hour, column: 'price' },
  ages: { refreshAfterMs: null, staleAfterMs: 15 * minute, retentionMs: 96 * hour },
  rests,
  maxKeys: 500,
  maxBytes: 1_024,
  part: 'global',
  keyOf: (value) => value.symbol,
  partOf: () => 'global',
  atOf: (value) => value.at,
})

const performer = z.object({ ...quote, name: text(100), changePercent: percent })
const performers = z.array(performer).check(z.maxLength(20))

/** The stocks that rose and fell most today; no symbol is in both lists. */
export const stockPerformers = channel({
  name: 'stock.performers',
  topic: 'stock.service.event.updated',
  schema: z.object({
    market: z.literal('US'),
    status: marketStatus,
    holiday: z.nullable(text(100)),
    /** The next time the regular session opens or closes, where it is known. */
    nextChangeAt: z.nullable(epochMs),
    /** Time of the newest quote that counts here. */
    quotesAt: z.nullable(epochMs),
    gainers: performers,
    losers: performers,
    at: epochMs,
  }),
  producer: 'stock-service',
  delivery: 'latest',
  ages: { refreshAfterMs: 3 * minute, staleAfterMs: 6 * minute, retentionMs: 96 * hour },
  rests,
  maxKeys: 8,
  maxBytes: 16_000,
  part: 'global',
  keyOf: (value) => value.market,
  partOf: () => 'global',
  atOf: (value) => value.at,
})

/** Asks for the performers now. */
export const refreshPerformers = command({
  name: 'stock.performers.refresh',
  topic: 'stock.service.command.topperformers.refresh',
  service: 'stock-service',
  body: z.object({}),
  refreshes: 'stock.performers',
  keyOf: () => 'global',
  bodyOf: () => ({}),
})
