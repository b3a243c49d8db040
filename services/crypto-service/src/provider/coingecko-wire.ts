import * as z from 'zod'
import type { Coin } from './coin.ts'

const maybeNumber = z.nullish(z.number()).transform((value) => value ?? null)
const maybeAmount = maybeNumber.transform((value) => (value === null || value < 0 ? null : value))

const imageUrl = z
  .unknown()
  .transform((value) =>
    typeof value === 'string' && value.length <= 2_048 && /^https?:\/\/[^\s"'<>\\]+$/i.test(value)
      ? value
      : null,
  )

const updatedAt = z.unknown().transform((value) => {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isFinite(at) && at >= 0 ? at : null
})

/** One coin of `/coins/markets`; a coin without a price is of no use and refused. */
export const coinWire = z
  .object({
    id: z.string().min(1).max(100),
    symbol: z.string().min(1).max(30),
    name: z.string().min(1).max(100),
    image: imageUrl,
    current_price: z.number().positive(),
    market_cap: maybeAmount,
    total_volume: maybeAmount,
    price_change_percentage_24h: maybeNumber,
    price_change_percentage_1h_in_currency: maybeNumber,
    price_change_percentage_24h_in_currency: maybeNumber,
    price_change_percentage_7d_in_currency: maybeNumber,
    last_updated: updatedAt,
  })
  .transform(
    (wire): Coin => ({
      id: wire.id,
      symbol: wire.symbol.toUpperCase(),
      name: wire.name,
      imageUrl: wire.image,
      priceUsd: wire.current_price,
      marketCapUsd: wire.market_cap,
      volume24hUsd: wire.total_volume,
      change1hPercent: wire.price_change_percentage_1h_in_currency,
      change24hPercent:
        wire.price_change_percentage_24h_in_currency ?? wire.price_change_percentage_24h,
      change7dPercent: wire.price_change_percentage_7d_in_currency,
      updatedAt: wire.last_updated,
    }),
  )

const errorObject = z.object({
  error: z.string().nullish(),
  status: z
    .object({ error_code: z.number().nullish(), error_message: z.string().nullish() })
    .nullish(),
})

/** The words of an error body, `undefined` for anything else. Success is an array, an error an object. */
export const errorText = (body: unknown): string | undefined => {
  const parsed = errorObject.safeParse(body)
  if (!parsed.success) return undefined
  const text = parsed.data.error ?? parsed.data.status?.error_message
  return text ? text.slice(0, 200) : undefined
}
