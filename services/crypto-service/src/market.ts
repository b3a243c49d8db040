import type { CryptoEvents } from './events.ts'
import { createProduct, type Product, type ProductOptions, type ProductPast } from './product.ts'
import type { Frame } from './provider/coinbase-frames.ts'
import { createTickerGate, tickerOf } from './tickers.ts'
import type { Ticker } from './values.ts'

/** What the own topics tell when streaming begins. */
export interface Past {
  /** Sequences of the tickers that are published, by product. */
  readonly tickers: ReadonlyMap<string, number>
  readonly products: ReadonlyMap<string, ProductPast>
}

/** What a market needs. */
export interface MarketOptions extends Omit<ProductOptions, 'past'> {
  readonly past: Past
  readonly events: CryptoEvents
  publishTicker(ticker: Ticker): void
  /** The product has left: its ticker is removed. Its last version lets a later one of the same product in again. */
  removeTicker(product: string, version: number): void
}

/** All products of the stream, from frames to values. */
export interface Market {
  frame(frame: Frame): void
  /** Replaces the list of products; frames of others are ignored. */
  setProducts(products: readonly string[]): void
  /** To be called several times a second. */
  tick(): void
}

const blank: ProductPast = { lastTradeId: undefined, candle: undefined, trades: [] }

/** Tickers in the topic that are no longer streamed are removed with the first list of products. */
export const createMarket = (options: MarketOptions): Market => {
  const { events, past } = options
  const gate = createTickerGate(past.tickers)
  const published = new Set(past.tickers.keys())
  // A product that leaves and comes back goes on where it was.
  const made = new Map<string, Product>()
  let products: ReadonlyMap<string, Product> = new Map()

  const ticker = (value: Ticker) => {
    if (!products.has(value.product)) return
    if (!gate.admit(value.product, value.sequence)) return events.tickerDropped()
    published.add(value.product)
    options.publishTicker(value)
  }

  const productOf = (id: string): Product => {
    const known = made.get(id)
    if (known) return known
    const product = createProduct(id, { ...options, past: past.products.get(id) ?? blank })
    made.set(id, product)
    return product
  }

  const remove = (product: string) => {
    published.delete(product)
    options.removeTicker(product, gate.forget(product))
  }

  const read = (frame: Frame) => {
    switch (frame.kind) {
      case 'ticker':
        return ticker(tickerOf(frame.ticker))
      case 'match':
        return products.get(frame.trade.product)?.trade(frame.trade, frame.history)
      case 'heartbeat':
        return products.get(frame.product)?.heartbeat(frame.lastTradeId, frame.at)
      case 'malformed':
        return events.malformed(frame.what, frame.why)
      case 'unknown':
        return events.unknownFrame(frame.type)
      case 'error':
        return events.errorFrame(frame.message)
      case 'subscriptions':
        return
    }
  }

  return {
    frame: (frame) => {
      events.frame(frame.kind)
      read(frame)
    },
    setProducts: (list) => {
      products = new Map(list.map((id) => [id, productOf(id)]))
      for (const id of published) if (!products.has(id)) remove(id)
    },
    tick: () => {
      for (const product of products.values()) product.tick()
    },
  }
}
