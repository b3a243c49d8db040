import { z } from 'zod'
import { unitsOf } from '../market/decimal.ts'
import type { Trade } from '../market/instrument.ts'
import type { Listing } from '../market/listing.ts'
import type { Channel } from './protocol.ts'

/** One line of a recording; `line` is what is sent, byte for byte. */
export interface Recorded {
  readonly line: string
  readonly type: string
  readonly product: string | undefined
  /** Undefined for frames that everybody gets. */
  readonly channel: Channel | undefined
  /** Microseconds since 1970, undefined where the frame has no time. */
  readonly time: number | undefined
  readonly fields: Readonly<Record<string, unknown>>
}

const frameSchema = z.looseObject({
  type: z.string(),
  product_id: z.string().optional(),
  time: z.string().optional(),
})

const tradeSchema = z.object({
  trade_id: z.number().int().positive(),
  sequence: z.number().int(),
  price: z.string(),
  side: z.enum(['buy', 'sell']),
  last_size: z.string().optional(),
  size: z.string().optional(),
})

const channelOf: Readonly<Record<string, Channel>> = {
  ticker: 'ticker',
  heartbeat: 'heartbeat',
  match: 'matches',
  last_match: 'matches',
}

const microseconds = (text: string): number | undefined => {
  const [, digits = ''] = /\.(\d+)Z$/.exec(text) ?? []
  const milliseconds = Date.parse(text.replace(/\.\d+Z$/, 'Z'))
  return Number.isNaN(milliseconds)
    ? undefined
    : milliseconds * 1000 + Number(digits.padEnd(6, '0').slice(0, 6))
}

/** A line of a JSONL recording; undefined for what is not a frame. Never throws. */
export const parseRecorded = (line: string): Recorded | undefined => {
  try {
    const fields = frameSchema.parse(JSON.parse(line))
    const time = fields.time === undefined ? undefined : microseconds(fields.time)
    const { type, product_id: product } = fields
    return { line, type, product, time, fields, channel: channelOf[type] }
  } catch {
    return undefined
  }
}

/** The trade that a ticker or match frame tells of, in the listing's units; undefined for other frames. */
export const recordedTrade = (frame: Recorded, listing: Listing): Trade | undefined => {
  const parsed = tradeSchema.safeParse(frame.fields)
  if (!parsed.success || frame.time === undefined) return undefined
  const { trade_id: id, sequence, side, price, last_size, size } = parsed.data
  const ticks = unitsOf(price, listing.priceDecimals)
  const units = unitsOf(last_size ?? size ?? '', listing.sizeDecimals)
  if (ticks === undefined || units === undefined) return undefined
  const flipped = side === 'buy' ? 'sell' : 'buy'
  const taker = frame.channel === 'matches' ? flipped : side
  return { id, sequence, time: frame.time, price: ticks, size: units, taker, order: id }
}
