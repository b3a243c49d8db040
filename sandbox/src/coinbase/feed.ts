import type { Instrument, Trade } from '../market/instrument.ts'
import type { Market, MarketListener } from '../market/market.ts'
import { second } from '../market/time.ts'
import type { ProviderDeps } from '../provider.ts'
import type { Connection, ConnectionHandler } from '../sockets.ts'
import { createClient } from './client.ts'
import { type Client, concerns, createDelivery, type Delivery } from './delivery.ts'
import { heartbeatFrame, matchFrame, tickerFrame } from './frames.ts'
import type { Pair } from './protocol.ts'
import type { Recorded } from './recorded.ts'
import { createRecording, type Recording } from './recording.ts'

const batchEvery = 5 * second

/** The exchange's stream. */
export interface Feed {
  open(connection: Connection): ConnectionHandler
  /** Products subscribed, per channel, summed over the connections. */
  subscriptions(): Readonly<Record<string, number>>
  /** An error frame to every connection; how many there were. */
  sendError(error: { message: string; reason?: string | undefined }): number
  /** From now on frames come from a recording: the market's own are held back. */
  beginReplay(): void
  replay(frame: Recorded): void
  endReplay(): void
}

/** Turns what happens on the market into frames. */
const createPublisher = (
  deps: ProviderDeps,
  delivery: Delivery,
  recording: Recording,
): MarketListener => {
  const { market, faults } = deps
  const traded = new Map<string, Instrument>()

  const sendMatch = (product: string, instrument: Instrument, trade: Trade) => {
    const match = () => matchFrame('match', instrument, { trade, seed: market.seed })
    const ticker = () => tickerFrame(instrument, trade)
    delivery.faulty({ channel: 'matches', product, type: 'match', make: match })
    delivery.faulty({ channel: 'ticker', product, type: 'ticker', make: ticker })
  }
  const sendBatch = () => {
    for (const [product, instrument] of traded) {
      const make = () => tickerFrame(instrument)
      delivery.plain({ channel: 'ticker_batch', product, type: 'ticker', make })
    }
    traded.clear()
  }
  return {
    onMatch: (instrument, trade) => {
      const product = instrument.listing.product
      if (product === undefined || recording.isPlaying()) return
      traded.set(product, instrument)
      if (!faults.take('gap', concerns(product))) sendMatch(product, instrument, trade)
    },
    onSecond: (time) => {
      if (recording.isPlaying()) return
      for (const [product, instrument] of market.instruments) {
        const make = () => heartbeatFrame(instrument, time)
        delivery.plain({ channel: 'heartbeat', product, type: 'heartbeat', make })
      }
      if (time % batchEvery === 0) sendBatch()
    },
  }
}

/** History that comes once after subscribing: the last trade, however old. */
const sendLastTrade = (
  connection: Connection,
  pair: Pair,
  { market, recording }: { market: Market; recording: Recording },
) => {
  const instrument = market.instruments.get(pair.product)
  if (!instrument || pair.channel === 'heartbeat') return
  if (pair.channel === 'matches') {
    const options = { trade: instrument.last(), seed: market.seed }
    connection.send('last_match', matchFrame('last_match', instrument, options))
  } else connection.send('ticker', recording.lastTicker(pair.product) ?? tickerFrame(instrument))
}

const sumCounts = (clients: Iterable<Client>): Record<string, number> => {
  const sums: Record<string, number> = {}
  for (const { subscriptions } of clients) {
    for (const [channel, count] of Object.entries(subscriptions.counts())) {
      sums[channel] = (sums[channel] ?? 0) + count
    }
  }
  return sums
}

/** The stream of `deps.market`, its faults included. */
export const createFeed = (deps: ProviderDeps): Feed => {
  const { market } = deps
  const clients = new Set<Client>()
  const delivery = createDelivery(clients, deps.faults)
  const recording = createRecording(market)
  market.listen(createPublisher(deps, delivery, recording))

  return {
    open: (connection) => {
      const greet = (pair: Pair) => sendLastTrade(connection, pair, { market, recording })
      const client = createClient(connection, deps, greet)
      clients.add(client)
      return {
        onMessage: client.onMessage,
        onClose: () => {
          clients.delete(client)
          client.onClose()
        },
      }
    },
    subscriptions: () => sumCounts(clients),
    sendError: ({ message, reason }) => {
      delivery.all('error', JSON.stringify({ type: 'error', message, reason }))
      return clients.size
    },
    beginReplay: recording.begin,
    replay: (frame) => {
      if (frame.type === 'subscriptions') return
      recording.adopt(frame)
      const { channel, product, type, line } = frame
      if (channel === undefined || product === undefined) delivery.all('other', line)
      else delivery.faulty({ channel, product, type, make: () => line })
    },
    endReplay: recording.end,
  }
}
