import type { Clock } from '@flux/runtime'

/** Counts per second since the last reading. */
export interface Rates {
  read(): { recordsPerSecond: number; deliveriesPerSecond: number }
}

/** Turns growing totals into rates. */
export const createRates = (
  clock: Clock,
  totals: { records(): number; deliveries(): number },
): Rates => {
  let last = { at: clock.monotonic(), records: totals.records(), deliveries: totals.deliveries() }
  return {
    read: () => {
      const now = {
        at: clock.monotonic(),
        records: totals.records(),
        deliveries: totals.deliveries(),
      }
      const seconds = Math.max(0.001, (now.at - last.at) / 1_000)
      const rate = (count: number) => Math.round(count / seconds)
      const rates = {
        recordsPerSecond: rate(now.records - last.records),
        deliveriesPerSecond: rate(now.deliveries - last.deliveries),
      }
      last = now
      return rates
    },
  }
}
