const zone = 'America/New_York'

const format = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  hourCycle: 'h23',
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
})

const minuteMs = 60_000
const dayMs = 1_440 * minuteMs

/** What a clock on a wall in New York shows. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string
  /** Minutes since midnight. */
  readonly minutes: number
}

/** New York's date and minute of the day at an epoch time in milliseconds. */
export const localTime = (time: number): LocalTime => {
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    minutes: Number(part('hour')) * 60 + Number(part('minute')),
  }
}

/** Epoch milliseconds of a minute of a New York date; the two nights in which clocks change are right from 3:00 on. */
export const epochOf = ({ date, minutes }: LocalTime): number => {
  const asUtc = Date.parse(`${date}T00:00:00Z`) + minutes * minuteMs
  const shown = localTime(asUtc)
  const offset = Date.parse(`${shown.date}T00:00:00Z`) + shown.minutes * minuteMs - asUtc
  const guess = asUtc - offset
  const seen = localTime(guess)
  const seenUtc = Date.parse(`${seen.date}T00:00:00Z`) + seen.minutes * minuteMs
  return guess + (asUtc - seenUtc)
}

/** The date so many days later (or earlier). */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** 0 is Sunday. */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay()
