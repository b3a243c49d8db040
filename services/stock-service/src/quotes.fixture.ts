import type { Quote } from './values.ts'

/** Wednesday 2026-09-16, 14:00 in New York. */
export const afternoon = Date.UTC(2026, 8, 16, 18)

/** A quote that opened at 100, a dollar above the last close. */
export const quote = (symbol: string, patch: Partial<Quote> = {}): Quote => ({
  symbol,
  price: 101,
  change: 1,
  changePercent: 1,
  open: 100,
  high: 102,
  low: 99,
  previousClose: 100,
  at: afternoon,
  ...patch,
})
