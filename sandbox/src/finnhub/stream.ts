import { z } from 'zod'
import type { ProviderDeps } from '../provider.ts'
import type { Connection, ConnectionHandler } from '../sockets.ts'
import { errors } from './errors.ts'
import { damagedFrame, errorFrame, pingFrame, tradeFrame } from './frames.ts'
import type { StockTrade } from './stock.ts'

/** The name that this provider's faults and counts go by. */
export const provider = 'finnhub'

/** Symbols that one connection of a free key may subscribe to. */
const mostSymbols = 50
const pingEverySeconds = 20

const requestSchema = z.object({
  type: z.enum(['subscribe', 'unsubscribe']),
  symbol: z.string().min(1).max(40),
})

/** The trades as a WebSocket stream. */
export interface Stream {
  open(connection: Connection): ConnectionHandler
  /** Trades that have happened, to whoever subscribed to their symbols. */
  publish(trades: readonly StockTrade[]): void
  /** A second has passed: a ping is due every 20. `time` is in epoch milliseconds. */
  passSecond(time: number): void
  /** An error frame to every connection; how many there were. */
  sendError(message: string): number
  /** Symbols subscribed, summed over the connections. */
  subscriptions(): number
}

interface Client {
  readonly connection: Connection
  readonly symbols: Set<string>
}

const parseRequest = (text: string) => {
  try {
    return requestSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const answer = ({ connection, symbols }: Client, text: string) => {
  const request = parseRequest(text)
  if (!request) return connection.send('error', errorFrame('Invalid message'))
  const { type, symbol } = request
  if (type === 'unsubscribe') symbols.delete(symbol)
  else if (symbols.size < mostSymbols) symbols.add(symbol)
  else if (!symbols.has(symbol)) connection.send('error', errorFrame(errors.manySymbols))
}

/** Does a fault for one symbol, or for all of them, concern one of these trades? */
const concerns =
  (trades: readonly StockTrade[]) =>
  (fault: { provider: string; product?: string | undefined }): boolean =>
    fault.provider === provider &&
    (fault.product === undefined || trades.some(({ s }) => s === fault.product))

/** A stream without connections. */
export const createStream = (faults: ProviderDeps['faults']): Stream => {
  const clients = new Set<Client>()

  const sendTrades = ({ connection, symbols }: Client, all: readonly StockTrade[]) => {
    const trades = all.filter(({ s }) => symbols.has(s))
    if (trades.length === 0) return
    const fits = concerns(trades)
    const garbage = faults.take('garbage', fits)
    if (garbage) connection.send('garbage', damagedFrame(trades, garbage.damage))
    if (garbage?.mode === 'replace') return
    connection.send('trade', tradeFrame(trades))
    if (faults.take('duplicate', fits)) connection.send('trade', tradeFrame(trades))
  }
  const toAll = (type: string, frame: string) => {
    for (const { connection } of clients) connection.send(type, frame)
    return clients.size
  }
  return {
    open: (connection) => {
      const client: Client = { connection, symbols: new Set() }
      clients.add(client)
      return {
        onMessage: (text) => answer(client, text),
        onClose: () => void clients.delete(client),
      }
    },
    publish: (trades) => {
      if (clients.size === 0) return
      const sent = trades.filter((trade) => !faults.take('gap', concerns([trade])))
      for (const client of clients) sendTrades(client, sent)
    },
    passSecond: (time) => {
      if (Math.floor(time / 1000) % pingEverySeconds === 0) toAll('ping', pingFrame)
    },
    sendError: (message) => toAll('error', errorFrame(message)),
    subscriptions: () => [...clients].reduce((sum, { symbols }) => sum + symbols.size, 0),
  }
}
