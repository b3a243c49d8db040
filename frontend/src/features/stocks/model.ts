import type { ValueByName } from '@flux/contracts'
import { formatMinute } from '../../ui/format.ts'
import { formatShare } from '../../ui/share-price.ts'

/** The stocks that moved most, and what the market is doing. */
export type Performers = ValueByName['stock.performers']

/** One of them. */
export type Performer = Performers['gainers'][number]

/** The newest price of a stock. */
export type Quote = ValueByName['stock.quotes']

type Status = Performers['status']

const newYork = 'America/New_York'

const statusWords: Readonly<Record<Status, string>> = {
  open: 'Market open',
  pre: 'Before the opening',
  post: 'After hours',
  closed: 'Market closed',
  holiday: 'Closed for a holiday',
  unknown: 'Market status not known',
}

/** What the market is doing, in words; a holiday by its name. */
export const marketWords = ({ status, holiday }: Pick<Performers, 'status' | 'holiday'>): string =>
  status === 'holiday' && holiday !== null ? `Closed for ${holiday}` : statusWords[status]

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** A time to go from milliseconds, in two units: `2 d 16 h`, `2 h 14 min`, `14 min`, and `9 min 12 s` under ten minutes. */
export const formatCountdown = (ms: number): string => {
  const left = Math.max(0, ms)
  if (left >= day) return `${Math.floor(left / day)} d ${Math.floor((left % day) / hour)} h`
  if (left >= hour) return `${Math.floor(left / hour)} h ${Math.floor((left % hour) / minute)} min`
  if (left >= 10 * minute) return `${Math.floor(left / minute)} min`
  const seconds = `${Math.floor((left % minute) / second)} s`
  return left >= minute ? `${Math.floor(left / minute)} min ${seconds}` : seconds
}

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: newYork })
const date = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: newYork })

/** A time in New York, with its weekday where that is not today: `16:00`, `Mon 09:30`. */
export const newYorkTime = (at: number, now: number): string => {
  const time = formatMinute(at, newYork)
  return date.format(at) === date.format(now) ? time : `${weekday.format(at)} ${time}`
}

/** The market's next change, in words. */
export interface ChangeWords {
  /** `Closes` or `Opens`. */
  readonly verb: string
  /** In New York: `16:00`, `Mon 09:30`. */
  readonly when: string
  /** Time to go; '' once it should have happened. */
  readonly left: string
}

/** The market's next opening or closing, where it is known. */
export const changeWords = (
  { status, nextChangeAt }: Pick<Performers, 'status' | 'nextChangeAt'>,
  now: number,
): ChangeWords | undefined =>
  nextChangeAt === null
    ? undefined
    : {
        verb: status === 'open' ? 'Closes' : 'Opens',
        when: newYorkTime(nextChangeAt, now),
        left: nextChangeAt > now ? formatCountdown(nextChangeAt - now) : '',
      }

/** A figure of the day with its short and its full name. */
export interface DayFigure {
  readonly short: string
  readonly name: string
  readonly text: string
}

/** Open, high, low and previous close of a stock. */
export const dayFigures = (
  quote: Pick<Quote, 'open' | 'high' | 'low' | 'previousClose'>,
): readonly DayFigure[] => [
  { short: 'O', name: 'Open', text: formatShare(quote.open) },
  { short: 'H', name: 'High', text: formatShare(quote.high) },
  { short: 'L', name: 'Low', text: formatShare(quote.low) },
  { short: 'PC', name: 'Previous close', text: formatShare(quote.previousClose) },
]
