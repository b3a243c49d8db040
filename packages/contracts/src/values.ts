import * as z from 'zod/mini'

/** Schemas of the small things that all domains are made of. Unknown is `null`, never 0. */

/** Epoch milliseconds. */
export const epochMs = z.number().check(z.int(), z.nonnegative())

/** A price in USD, above zero. */
export const priceUsd = z.number().check(z.positive())

/** A finite amount that cannot be negative. */
export const amount = z.number().check(z.nonnegative())

/** Percent, not a fraction. */
export const percent = z.number()

/** A count. */
export const count = z.number().check(z.int(), z.nonnegative())

/** Text for people, bounded. */
export const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max))

/** An address that a browser may open or load: http(s) only. */
export const httpUrl = z.string().check(z.maxLength(2_048), z.regex(/^https?:\/\/[^\s"'<>\\]+$/i))
