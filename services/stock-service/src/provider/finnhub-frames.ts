import { stockSymbol } from '@flux/contracts'
import * as z from 'zod'
import type { Trade } from '../values.ts'

/** A frame of the stream, read. Items of a trade frame are checked one by one: a bad one is lost alone. */
export type Frame =
  | { readonly kind: 'trade'; readonly trades: readonly Trade[]; readonly refused: number }
  | { readonly kind: 'ping' }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'malformed' }

/** Time is in milliseconds here, unlike that of a quote. */
const tradeWire = z.object({
  s: z.string().refine((text) => stockSymbol.safeParse(text).success),
  p: z.number().positive(),
  t: z.number().positive(),
})

const typed = z.object({ type: z.string() })
const tradesWire = z.object({ data: z.array(z.unknown()) })
const errorWire = z.object({ msg: z.string() })

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const readTrades = (input: unknown, now: number): Frame => {
  const frame = tradesWire.safeParse(input)
  if (!frame.success) return { kind: 'malformed' }
  const trades = frame.data.data.flatMap((item): Trade[] => {
    const { data: wire } = tradeWire.safeParse(item)
    return wire ? [{ symbol: wire.s, price: wire.p, at: Math.min(Math.round(wire.t), now) }] : []
  })
  return { kind: 'trade', trades, refused: frame.data.data.length - trades.length }
}

const readError = (input: unknown): Frame => {
  const { data } = errorWire.safeParse(input)
  return data ? { kind: 'error', message: data.msg.slice(0, 200) } : { kind: 'malformed' }
}

/** Reads one frame. Never throws. Trades are never ahead of `now` (epoch milliseconds). */
export const parseFrame = (text: string, now: number): Frame => {
  const input = json(text)
  const { data: head } = typed.safeParse(input)
  if (!head) return { kind: 'malformed' }
  if (head.type === 'trade') return readTrades(input, now)
  if (head.type === 'ping') return { kind: 'ping' }
  return head.type === 'error' ? readError(input) : { kind: 'unknown' }
}
