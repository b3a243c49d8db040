import type { Sources } from '@flux/runtime'
import type { StockEvents } from './events.ts'
import { streamSource } from './health.ts'
import { type FeedOptions, maxStreamed, runFeed } from './provider/finnhub-feed.ts'
import type { Frame } from './provider/finnhub-frames.ts'
import type { Trade } from './values.ts'

/** What streaming trades needs. */
export interface StreamOptions extends Omit<FeedOptions, 'onFrame' | 'onOpen' | 'onClose'> {
  readonly events: StockEvents
  readonly sources: Pick<Sources, 'report' | 'seen'>
  onTrade(trade: Trade): void
}

const isBad = (frame: Frame): boolean => frame.kind === 'malformed' || frame.kind === 'error'

/** Streams the trades of the first 50 symbols until the signal is aborted; the others go by their quotes alone. */
export const streamTrades = (options: StreamOptions): Promise<void> => {
  const { events, sources } = options
  return runFeed({
    ...options,
    symbols: options.symbols.slice(0, maxStreamed),
    onFrame: (frame) => {
      events.frame(frame)
      sources.seen(streamSource, isBad(frame) ? 'failed' : 'ok')
      if (frame.kind === 'trade') for (const trade of frame.trades) options.onTrade(trade)
      if (frame.kind === 'error')
        sources.report(streamSource, { state: 'degraded', reason: frame.message })
    },
    onOpen: () => {
      events.feedOpened()
      sources.report(streamSource, { state: 'ok' })
    },
    onClose: (reason) => {
      events.feedClosed(reason)
      sources.report(streamSource, { state: 'down', reason })
    },
  })
}
