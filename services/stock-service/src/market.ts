import { isRegularHours, nextBoundary, nextChangeAt } from './market-hours.ts'
import type { MarketStatus } from './values.ts'

/** What the provider said about the market. */
export interface MarketWord {
  readonly status: MarketStatus
  /** Name of today's holiday. */
  readonly holiday: string | null
  /** When it said so, epoch milliseconds. */
  readonly saidAt: number
}

/** What is known about the market now. */
export interface MarketNow {
  readonly status: MarketStatus
  readonly holiday: string | null
  readonly nextChangeAt: number | null
}

/** A word is not believed for longer, in milliseconds. */
const holdsForMs = 15 * 60_000

/**
 * What still holds of the provider's last word: it ends with the next regular opening or closing, and after 15 min.
 * What the provider does not say is unknown: a status is never guessed.
 */
export const marketAt = (word: MarketWord | undefined, now: number): MarketNow => {
  const holds =
    word !== undefined && now - word.saidAt <= holdsForMs && now < nextBoundary(word.saidAt)
  if (!holds) return { status: 'unknown', holiday: null, nextChangeAt: null }
  const { status, holiday } = word
  return { status, holiday, nextChangeAt: nextChangeAt(status, now) }
}

/** Whether prices are expected to move: while the status is unknown, in regular hours. Decides the pace alone. */
export const isTrading = ({ status }: MarketNow, now: number): boolean =>
  status === 'open' || (status === 'unknown' && isRegularHours(now))
