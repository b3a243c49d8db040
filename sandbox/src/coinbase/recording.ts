import type { Market } from '../market/market.ts'
import { type Recorded, recordedTrade } from './recorded.ts'

/** What the exchange is while a recording plays: its trades and last tickers are the recorded ones. */
export interface Recording {
  isPlaying(): boolean
  begin(): void
  /** Takes a frame's trade over into the market, so that REST tells the same. */
  adopt(frame: Recorded): void
  /** The last recorded ticker frame of a product; undefined when there was none. */
  lastTicker(product: string): string | undefined
  end(): void
}

/** No recording plays yet. */
export const createRecording = (market: Market): Recording => {
  const tickers = new Map<string, string>()
  const adopted = new Map<string, number>()
  let playing = false
  return {
    isPlaying: () => playing,
    begin: () => {
      playing = true
      adopted.clear()
    },
    adopt: (frame) => {
      const { product = '' } = frame
      const instrument = market.instruments.get(product)
      if (!instrument) return
      if (frame.channel === 'ticker') tickers.set(product, frame.line)
      const trade = recordedTrade(frame, instrument.listing)
      const newest = adopted.get(product)
      if (!trade || trade.id <= (newest ?? 0)) return
      instrument.adopt(trade, newest === undefined)
      adopted.set(product, trade.id)
    },
    lastTicker: (product) => tickers.get(product),
    end: () => {
      playing = false
      tickers.clear()
    },
  }
}
