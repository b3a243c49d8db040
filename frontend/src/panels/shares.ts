import { stockQuotes, stockUniverse } from '@flux/contracts'
import { useServerTime } from '../realtime/use-server-time.ts'

const names: ReadonlyMap<string, string> = new Map(
  stockUniverse.map(({ symbol, name }) => [symbol, name]),
)

/** The company of a symbol, or the symbol where the company is not known. */
export const companyOf = (symbol: string): string => names.get(symbol) ?? symbol

/** Points of a share's course further apart than this are not joined: quiet minutes are no gap, closed hours are. */
export const shareGapMs =
  stockQuotes.history.kind === 'sampled' ? 10 * stockQuotes.history.everyMs : 0

/** Ages of quotes by the market's status: out of hours the last trade is old and still the newest there is. */
export const quoteAges = (status: string | undefined) =>
  status === 'open'
    ? stockQuotes.ages
    : { refreshAfterMs: null, staleAfterMs: stockQuotes.ages.retentionMs }

/** Whether a quote is older than it should be at what the market is doing. */
export const useQuoteIsOld = (at: number, status: string | undefined): boolean => {
  const { staleAfterMs } = quoteAges(status)
  return useServerTime((now) => now - at > staleAfterMs)
}
