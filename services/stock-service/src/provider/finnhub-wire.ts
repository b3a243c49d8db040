import * as z from 'zod'
import type { MarketWord } from '../market.ts'
import { changeOf } from '../quotes.ts'
import type { MarketStatus, Quote } from '../values.ts'

const nullable = z
  .number()
  .nullish()
  .transform((value) => value ?? null)

/** Body of `/quote`: no symbol, no currency, time in seconds. An early form had no changes. */
export const quoteWire = z.object({
  c: z.number(),
  d: nullable,
  dp: nullable,
  h: nullable,
  l: nullable,
  o: nullable,
  pc: nullable,
  t: z.number(),
})

/** What is known of a stock. `unknown`: the provider does not know the symbol. `no_price`: it knows no price of it. */
export type QuoteReply =
  | { readonly kind: 'quote'; readonly quote: Quote }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'no_price' }

/** The provider writes 0 for what it does not know. */
const priceOrNull = (value: number | null): number | null =>
  value !== null && value > 0 ? value : null

/** Reads a quote. Its time is never ahead of `now` (epoch milliseconds). */
export const readQuote = (
  symbol: string,
  wire: z.infer<typeof quoteWire>,
  now: number,
): QuoteReply => {
  const { c, d, dp, h, l, o, pc, t } = wire
  if ([c, h, l, o, pc, t].every((value) => !value)) return { kind: 'unknown' }
  const at = Math.min(Math.round(t * 1_000), now)
  if (c <= 0 || at <= 0) return { kind: 'no_price' }
  const previousClose = priceOrNull(pc)
  const computed = changeOf(c, previousClose)
  const quote: Quote = {
    symbol,
    price: c,
    change: previousClose === null ? null : (d ?? computed.change),
    changePercent: previousClose === null ? null : (dp ?? computed.changePercent),
    open: priceOrNull(o),
    high: priceOrNull(h),
    low: priceOrNull(l),
    previousClose,
    at,
  }
  return { kind: 'quote', quote }
}

/** Body of `/stock/market-status`. `isOpen` is the regular session alone. */
export const marketWire = z.object({
  exchange: z.literal('US'),
  holiday: z.string().nullish(),
  isOpen: z.boolean(),
  session: z.string().nullish(),
})

type MarketWire = z.infer<typeof marketWire>

const statusOf = ({ isOpen, session, holiday }: MarketWire): MarketStatus => {
  if (isOpen) return 'open'
  // A short day before a holiday has its early session although the holiday is named.
  if (session === 'pre-market') return 'pre'
  if (session === 'post-market') return 'post'
  return holiday ? 'holiday' : 'closed'
}

/** Reads a market status that was said at `saidAt` (epoch milliseconds). */
export const readMarket = (wire: MarketWire, saidAt: number): MarketWord => ({
  status: statusOf(wire),
  holiday: wire.holiday ? wire.holiday.slice(0, 100) : null,
  saidAt,
})
