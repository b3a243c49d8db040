import * as z from 'zod'
import type { Trade } from '../values.ts'
import { tradeOf } from './coinbase-trade.ts'
import {
  errorWire,
  heartbeatWire,
  matchWire,
  subscriptionsWire,
  type TickerWire,
  tickerWire,
} from './coinbase-wire.ts'

/** What can be wrong with a frame; few and fixed, so that they can label a metric. */
export const malformedKinds = [
  'not_json',
  'no_type',
  'ticker',
  'match',
  'heartbeat',
  'error',
  'subscriptions',
] as const

/** One of `malformedKinds`. */
type MalformedKind = (typeof malformedKinds)[number]

/** A frame of the Exchange feed, read. `last_match` is a match with `history`: it is not new. */
export type Frame =
  | { readonly kind: 'ticker'; readonly ticker: TickerWire }
  | { readonly kind: 'match'; readonly trade: Trade; readonly history: boolean }
  | {
      readonly kind: 'heartbeat'
      readonly product: string
      readonly lastTradeId: number
      readonly at: number
    }
  | { readonly kind: 'subscriptions'; readonly products: number }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'unknown'; readonly type: string }
  | { readonly kind: 'malformed'; readonly what: MalformedKind; readonly why: string }

const typed = z.object({ type: z.string().min(1) })

const malformed = (what: MalformedKind, why: string): Frame => ({ kind: 'malformed', what, why })

const reasonOf = (error: z.core.$ZodError): string => {
  const [issue] = error.issues
  return issue ? `${issue.path.join('.') || 'frame'}: ${issue.message}` : 'refused'
}

/** A reader of one type of frame: refused input is malformed, with the first reason. */
const reader =
  <T>(what: MalformedKind, schema: z.ZodType<T>, make: (value: T) => Frame) =>
  (input: unknown): Frame => {
    const parsed = schema.safeParse(input)
    return parsed.success ? make(parsed.data) : malformed(what, reasonOf(parsed.error))
  }

const match = (history: boolean) =>
  reader('match', matchWire, (wire) => ({
    kind: 'match',
    trade: tradeOf(wire.product_id, wire),
    history,
  }))

const readers = new Map<string, (input: unknown) => Frame>([
  ['ticker', reader('ticker', tickerWire, (ticker) => ({ kind: 'ticker', ticker }))],
  ['match', match(false)],
  ['last_match', match(true)],
  [
    'heartbeat',
    reader('heartbeat', heartbeatWire, (wire) => ({
      kind: 'heartbeat',
      product: wire.product_id,
      lastTradeId: wire.last_trade_id,
      at: wire.time,
    })),
  ],
  [
    'subscriptions',
    reader('subscriptions', subscriptionsWire, ({ channels }) => ({
      kind: 'subscriptions',
      products: new Set(channels.flatMap((channel) => channel.product_ids ?? [])).size,
    })),
  ],
  [
    'error',
    reader('error', errorWire, ({ message, reason }) => ({
      kind: 'error',
      message: reason ? `${message}: ${reason}` : message,
    })),
  ],
])

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads one frame. Never throws: what cannot be read says so, what nobody knows is `unknown` and to be ignored. */
export const parseFrame = (text: string): Frame => {
  const input = json(text)
  if (input === undefined) return malformed('not_json', 'no JSON')
  const head = typed.safeParse(input)
  if (!head.success) return malformed('no_type', reasonOf(head.error))
  const read = readers.get(head.data.type)
  return read ? read(input) : { kind: 'unknown', type: head.data.type }
}
