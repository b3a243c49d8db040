import { isWeekday, newYorkDay, newYorkMinute, newYorkTime } from './new-york.ts'
import type { MarketStatus } from './values.ts'

const openMinute = 9 * 60 + 30
const closeMinute = 16 * 60

/** True from 9:30 to 16:00 in New York, Monday to Friday. Of holidays and short days only the provider knows. */
export const isRegularHours = (at: number): boolean => {
  const minute = newYorkMinute(at)
  return isWeekday(newYorkDay(at)) && minute >= openMinute && minute < closeMinute
}

/** The first regular opening after `at`, on `firstDay` or later. */
const nextOpen = (at: number, firstDay: number): number => {
  for (let day = firstDay; ; day += 1) {
    const open = newYorkTime(day, openMinute)
    if (isWeekday(day) && open > at) return open
  }
}

const closeOf = (at: number): number => newYorkTime(newYorkDay(at), closeMinute)

/**
 * When the regular session closes (status `open`) or opens next, by regular hours; holidays to come are not known.
 * `null` where the status is unknown or is `open` outside of regular hours.
 */
export const nextChangeAt = (status: MarketStatus, at: number): number | null => {
  if (status === 'unknown') return null
  if (status === 'open') return isRegularHours(at) ? closeOf(at) : null
  const today = newYorkDay(at)
  return nextOpen(at, status === 'holiday' ? today + 1 : today)
}

/** The first moment after `at` at which the regular session opens or closes. */
export const nextBoundary = (at: number): number =>
  isRegularHours(at) ? closeOf(at) : nextOpen(at, newYorkDay(at))
