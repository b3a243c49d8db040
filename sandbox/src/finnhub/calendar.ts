import { addDays, epochOf, localTime, weekdayOf } from './new-york.ts'

/** What the market does whatever the clock says, or `real`: what New York's clock says. */
export const marketModes = ['real', 'open', 'pre', 'post', 'closed', 'holiday'] as const

/** One of `marketModes`. */
export type MarketMode = (typeof marketModes)[number]

/** What the market is doing. */
export interface Session {
  readonly phase: 'pre' | 'regular' | 'post' | 'closed'
  /** Name of the holiday that it is closed for. */
  readonly holiday: string | null
  /** The date in New York. */
  readonly date: string
}

const preOpens = 4 * 60
const opens = 9 * 60 + 30
const closes = 16 * 60
const postCloses = 20 * 60

const dateOf = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)

/** The `nth` such weekday of a month; -1 is the last one. */
const nthWeekday = (
  year: number,
  options: { month: number; weekday: number; nth: number },
): string => {
  const { month, weekday, nth } = options
  if (nth < 0) {
    const last = dateOf(year, month + 1, 0)
    return addDays(last, -((weekdayOf(last) - weekday + 7) % 7))
  }
  const first = dateOf(year, month, 1)
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1))
}

/** Easter Sunday of the Gregorian calendar (the anonymous computus). */
const easter = (year: number): string => {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = (19 * a + b - (b >> 2) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * (c >> 2) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  return dateOf(year, Math.floor(f / 31), (f % 31) + 1)
}

/** A fixed date's holiday is kept on the weekday next to it when it falls on a weekend. */
const observed = (date: string): string => {
  const weekday = weekdayOf(date)
  if (weekday === 6) return addDays(date, -1)
  return weekday === 0 ? addDays(date, 1) : date
}

const newYear = (year: number): string => {
  const date = dateOf(year, 1, 1)
  // The exchange does not close on the last day of the old year.
  return weekdayOf(date) === 6 ? date : observed(date)
}

const holidaysOf = (year: number): Readonly<Record<string, string>> => ({
  [newYear(year)]: "New Year's Day",
  [nthWeekday(year, { month: 1, weekday: 1, nth: 3 })]: 'Martin Luther King Jr. Day',
  [nthWeekday(year, { month: 2, weekday: 1, nth: 3 })]: "Washington's Birthday",
  [addDays(easter(year), -2)]: 'Good Friday',
  [nthWeekday(year, { month: 5, weekday: 1, nth: -1 })]: 'Memorial Day',
  [observed(dateOf(year, 6, 19))]: 'Juneteenth',
  [observed(dateOf(year, 7, 4))]: 'Independence Day',
  [nthWeekday(year, { month: 9, weekday: 1, nth: 1 })]: 'Labor Day',
  [nthWeekday(year, { month: 11, weekday: 4, nth: 4 })]: 'Thanksgiving Day',
  [observed(dateOf(year, 12, 25))]: 'Christmas Day',
})

/** The holiday that the exchange is closed for on a New York date, or null. Early closes are not known. */
export const holidayOn = (date: string): string | null =>
  holidaysOf(Number(date.slice(0, 4)))[date] ?? null

const isTradingDay = (date: string): boolean =>
  weekdayOf(date) % 6 !== 0 && holidayOn(date) === null

const phaseAt = (minutes: number): Session['phase'] => {
  if (minutes < preOpens || minutes >= postCloses) return 'closed'
  if (minutes < opens) return 'pre'
  return minutes < closes ? 'regular' : 'post'
}

const realSession = (time: number): Session => {
  const { date, minutes } = localTime(time)
  const phase = isTradingDay(date) ? phaseAt(minutes) : 'closed'
  return { phase, holiday: holidayOn(date), date }
}

/** What the market does at an epoch time in milliseconds. */
export const sessionAt = (time: number, mode: MarketMode): Session => {
  const real = realSession(time)
  if (mode === 'real') return real
  if (mode === 'holiday') {
    return { ...real, phase: 'closed', holiday: real.holiday ?? 'Independence Day' }
  }
  return { ...real, phase: mode === 'open' ? 'regular' : mode, holiday: null }
}

/** The regular session that began last before `time`, and until when it has lasted; epoch milliseconds. */
interface PastSession {
  readonly date: string
  readonly from: number
  readonly until: number
}

/** The newest regular session by New York's hours. */
export const lastSession = (time: number): PastSession => {
  let { date } = localTime(time)
  while (!isTradingDay(date) || epochOf({ date, minutes: opens }) > time) date = addDays(date, -1)
  const from = epochOf({ date, minutes: opens })
  return { date, from, until: Math.min(time, epochOf({ date, minutes: closes })) }
}
