import { formatMinute, formatPrice } from '../../ui/format.ts'
import type { Bar } from './candles.ts'

/** What the chart shows, in words. */
export const summaryOf = (bars: readonly Bar[]): string => {
  const [first] = bars
  const last = bars.at(-1)
  if (!first || !last) return 'Candles'
  const low = Math.min(...bars.map((bar) => bar.low))
  const high = Math.max(...bars.map((bar) => bar.high))
  return `Candles from ${formatMinute(first.time * 1_000)} to ${formatMinute(last.time * 1_000)}: from ${formatPrice(first.open)} to ${formatPrice(last.close)}, between ${formatPrice(low)} and ${formatPrice(high)}. Left and right arrow read single ones.`
}
