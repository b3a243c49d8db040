/** Shown for what is unknown. */
export const unknown = '–'

const minus = '\u2212'
const subscripts = '₀₁₂₃₄₅₆₇₈₉'
const fixed = Array.from(
  { length: 8 },
  (_, digits) =>
    new Intl.NumberFormat('en-US', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
)
const full = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 15 })
const compact = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
})

const isNumber = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value)

const signed = (value: number, text: string): string => (value < 0 ? `${minus}${text}` : text)

/** Exponent of ten after rounding to four significant digits. */
const exponentOf = (size: number): number => Number(size.toExponential(3).split('e')[1])

const digitsBySize = (size: number): number => {
  if (size === 0 || size >= 100) return 2
  if (size >= 10) return 3
  return size >= 1 ? 4 : 3 - exponentOf(size)
}

/** Digits after the point; rounding may lift a number into the next size. */
const fractionDigits = (size: number): number => {
  const first = digitsBySize(size)
  return digitsBySize(Number(size.toFixed(first)))
}

const tinyPrice = (size: number): string => {
  const mantissa = size.toExponential(3).slice(0, 5).replace('.', '')
  const digits = mantissa.slice(0, 2) + mantissa.slice(2).replace(/0+$/, '')
  const zeros = String(-exponentOf(size) - 1)
  return `0.0${Array.from(zeros, (digit) => subscripts[Number(digit)]).join('')}${digits}`
}

/** True where a price is shown in the short form that leaves zeros out. */
export const isTinyPrice = (value: number | null | undefined): boolean =>
  isNumber(value) && value !== 0 && exponentOf(Math.abs(value)) < -4

/** A price in USD: two decimals from 100 up, four significant digits under 1, `0.0₇12` under 0.0001. */
export const formatPrice = (value: number | null | undefined): string => {
  if (!isNumber(value)) return unknown
  const size = Math.abs(value)
  if (isTinyPrice(value)) return signed(value, tinyPrice(size))
  const digits = fractionDigits(size)
  return signed(value, (fixed[digits] ?? full).format(size))
}

/** A price with all its digits, for labels. */
export const fullPrice = (value: number | null | undefined): string =>
  isNumber(value) ? signed(value, full.format(Math.abs(value))) : 'unknown'

/** Characters after the point of a shown price, to line prices up on it. */
export const fractionLength = (price: string): number => {
  const point = price.indexOf('.')
  return point < 0 ? -1 : price.length - point - 1
}

/** Percent with its sign and two decimals, without the unit: `+1.20`, `−0.05`; what rounds to nothing has no sign. */
export const formatPercent = (value: number | null | undefined): string => {
  if (!isNumber(value)) return unknown
  const text = (fixed[2] ?? full).format(Math.abs(value))
  if (text === '0.00') return text
  return value > 0 ? `+${text}` : `${minus}${text}`
}

/** The way a shown number points. */
export type Direction = 'up' | 'down' | 'flat'

/** Where a percentage points, as shown: what rounds to 0.00 is flat. */
export const directionOf = (percent: number | null | undefined): Direction => {
  const text = formatPercent(percent)
  if (text.startsWith('+')) return 'up'
  return text.startsWith(minus) ? 'down' : 'flat'
}

/** A large amount as number and unit: `1.24` and `B`. */
export const formatAmount = (
  value: number | null | undefined,
): { number: string; unit: string } => {
  if (!isNumber(value)) return { number: unknown, unit: '' }
  const parts = compact.formatToParts(Math.abs(value))
  const unit = parts.find((part) => part.type === 'compact')?.value ?? ''
  const number = parts
    .filter((part) => part.type !== 'compact' && part.type !== 'literal')
    .map((part) => part.value)
    .join('')
  return { number: signed(value, number), unit }
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** How long ago, from milliseconds: `now`, `12 s`, `4 min`, `2 h`, `3 d`. A fact from the future is `now`. */
export const formatAge = (ms: number): string => {
  if (ms < second) return 'now'
  if (ms < minute) return `${Math.floor(ms / second)} s`
  if (ms < hour) return `${Math.floor(ms / minute)} min`
  return ms < day ? `${Math.floor(ms / hour)} h` : `${Math.floor(ms / day)} d`
}

/** Time of day of epoch milliseconds, `14:03:22`; in the browser's zone by default. */
export const formatTime = (at: number, timeZone?: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(timeZone !== undefined && { timeZone }),
  }).format(at)

/** Time of day to the minute, `14:03`; in the browser's zone by default. */
export const formatMinute = (at: number, timeZone?: string): string =>
  formatTime(at, timeZone).slice(0, 5)
