import * as z from 'zod'

/** Text of a whole number within bounds. */
export const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d{1,15}$/, 'has to be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `has to be at least ${min}`).max(max, `has to be at most ${max}`))

/** Text of a number within bounds. */
export const decimal = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d{1,15}(\.\d{1,15})?$/, 'has to be a number')
    .transform(Number)
    .pipe(z.number().min(min, `has to be at least ${min}`).max(max, `has to be at most ${max}`))

/** Text of a TCP port; 0 picks a free one. */
export const port = integer(0, 65_535)

/** `true`, `1`, `yes`, `on` and their opposites. */
export const flag = z.stringbool({ error: 'has to be true or false' })

/** Text split at commas, blanks around the parts removed, empty parts left out. */
export const list = z
  .string()
  .optional()
  .transform((text) =>
    (text ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )

/** An address with one of the protocols, such as `http`. */
export const address = (...protocols: readonly string[]) =>
  z.url({
    protocol: new RegExp(`^(?:${protocols.join('|')})$`),
    error: `has to be an address that begins with ${protocols.map((p) => `${p}://`).join(' or ')}`,
  })
