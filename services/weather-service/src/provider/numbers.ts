/** A finite number, `null` for anything else: providers send null, text and nothing at all where they know nothing. */
const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null

/** Rounded to hundredths: sums and changes of unit leave long tails. */
const tidy = (value: number): number => Math.round(value * 100) / 100

/** A number within bounds, else `null`. */
export const within = (value: unknown, min: number, max: number): number | null => {
  const number = numberOf(value)
  return number === null || number < min || number > max ? null : number
}

/** Nothing that is measured here is larger: neither a pressure in hPa nor a visibility in metres nor any concentration. */
const maxAmount = 1_000_000

/** A number that cannot be below zero, times `factor`; `null` for what is below (providers mark holes with -9999). */
export const amountOf = (value: unknown, factor = 1): number | null => {
  const number = within(value, 0, maxAmount)
  return number === null ? null : tidy(number * factor)
}

/** Degrees Celsius as they occur on Earth. */
export const celsiusOf = (value: unknown): number | null => within(value, -100, 70)

/** A direction in degrees. */
export const degreesOf = (value: unknown): number | null => within(value, 0, 360)

/** Percent, 0 to 100. */
export const percentOf = (value: unknown, factor = 1): number | null => {
  const number = within(value, 0, 100 / factor)
  return number === null ? null : tidy(number * factor)
}

/** km/h of one m/s. */
export const kphPerMps = 3.6

/** The year 5138: later ones are no times, and dates of them cannot be made. */
const maxSeconds = 1e11

/** Epoch milliseconds of Unix seconds; `null` for 0, which providers send for "none". */
export const msOfSeconds = (value: unknown): number | null => {
  const seconds = within(value, 1, maxSeconds)
  return seconds === null ? null : Math.round(seconds * 1_000)
}
