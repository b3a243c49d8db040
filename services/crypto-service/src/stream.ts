import type { CryptoEvents } from './events.ts'
import type { Market } from './market.ts'
import { createCoinbaseFeed, type FeedOptions } from './provider/coinbase-feed.ts'
import type { Frame } from './provider/coinbase-frames.ts'

/** How the feed does, for `platform.sources`. */
export interface FeedHealth {
  state(open: number, wanted: number, reason: string | undefined): void
  frame(ok: boolean): void
}

/** What streaming needs. */
export interface StreamOptions
  extends Pick<FeedOptions, 'url' | 'clock' | 'random' | 'signal' | 'onFatal'> {
  readonly market: Market
  readonly events: CryptoEvents
  readonly health: FeedHealth
}

/** Busy products are spread: more than this are too many for one connection. */
const perConnection = 50

const isBad = (frame: Frame): boolean => frame.kind === 'malformed' || frame.kind === 'error'

/** The feed and the market behind it: a function that replaces the list of products. */
export const startStream = (options: StreamOptions): ((products: readonly string[]) => void) => {
  const { market, events, health } = options
  const refused = new Set<string>()
  let streamed: readonly string[] = []

  const tell = (reason?: string) => {
    const { open, wanted } = feed.connections()
    health.state(open, wanted, reason)
  }

  const feed = createCoinbaseFeed({
    ...options,
    perConnection,
    onFrame: (frame) => {
      health.frame(!isBad(frame))
      market.frame(frame)
    },
    onOpen: () => {
      events.feedOpened()
      tell()
    },
    onClose: (reason) => {
      events.feedClosed(reason)
      tell(reason)
    },
    onRefused: (product) => {
      events.productRefused(product)
      refused.add(product)
      apply(streamed)
    },
  })

  const apply = (products: readonly string[]) => {
    const next = products.filter((product) => !refused.has(product))
    if (next.join() === streamed.join()) return
    streamed = next
    // The market first: frames of a product it does not know are ignored.
    market.setProducts(next)
    feed.setProducts(next)
    events.productsChanged(next)
  }
  return apply
}
