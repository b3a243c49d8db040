import { type Clock, retry } from '@flux/runtime'
import { type Found, fetchRange, lacksNewest } from './fill.ts'
import type { CoinbaseRest } from './provider/coinbase-rest.ts'
import type { TradeRange } from './trade-line.ts'

/** How long a page is asked for before it counts as not to be had: some ten seconds; live trades wait meanwhile. */
const patience = { attempts: 6, backoff: { baseMs: 500, maxMs: 8_000 } }

/** How long the pages may lag behind the stream, in milliseconds. */
const lagMs = 1_000

/** What a filler needs. */
export interface FillerOptions {
  readonly coinbase: Pick<CoinbaseRest, 'trades'>
  readonly maxPages: number
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
}

/** Fetches the trades of gaps, patiently. It rejects only when the signal is aborted. */
export const createFiller =
  (options: FillerOptions) =>
  async (product: string, range: TradeRange): Promise<Found> => {
    const { coinbase, clock, random, signal, maxPages } = options
    const page = (olderThan: number) =>
      retry((inner) => coinbase.trades(product, olderThan, inner), {
        ...{ ...patience, clock, random, signal },
      })
    const first = await fetchRange(range, page, maxPages)
    signal.throwIfAborted()
    if (first.error !== undefined || !lacksNewest(range, first.trades)) return first
    await clock.sleep(lagMs, signal)
    const second = await fetchRange(range, page, maxPages)
    signal.throwIfAborted()
    return { ...second, trades: [...first.trades, ...second.trades] }
  }
