import { stockSymbol, stockUniverse } from '@flux/contracts'
import { address, flag, integer, list, setting } from '@flux/runtime'
import * as z from 'zod'

/** Paths are put behind it, so it ends without a slash. */
const base = (...protocols: readonly string[]) =>
  address(...protocols).transform((url) => url.replace(/\/+$/, ''))

const isSymbol = (text: string): boolean => stockSymbol.safeParse(text).success

const defaultSymbols = stockUniverse.map(({ symbol }) => symbol)

/** No more than the channel keeps keys. */
const symbols = list
  .transform((parts) => (parts.length > 0 ? [...new Set(parts)] : defaultSymbols))
  .pipe(
    z
      .array(z.string().refine(isSymbol, 'a symbol has to look like AAPL or BRK.B'))
      .max(500, 'has to be at most 500 symbols'),
  )

const intervals = {
  performersEverySeconds: setting('STOCK_PERFORMERS_EVERY_SECONDS', integer(5, 3_600), {
    help: 'seconds between two publications of the performers, and between two looks at the market status',
    default: '120',
  }),
  closedEverySeconds: setting('STOCK_CLOSED_EVERY_SECONDS', integer(60, 86_400), {
    help: 'seconds between two quotes of one symbol while the market is not open, at least',
    default: '900',
  }),
} as const

/** What stock-service reads from its environment, beside what every process reads. */
export const stockSettings = {
  finnhubUrl: setting('FINNHUB_URL', base('http', 'https'), {
    help: 'address of the Finnhub interface, version included',
    default: 'https://finnhub.io/api/v1',
  }),
  finnhubWsUrl: setting('FINNHUB_WS_URL', base('ws', 'wss'), {
    help: 'address of the Finnhub WebSocket',
    default: 'wss://ws.finnhub.io',
  }),
  finnhubApiKey: setting('FINNHUB_API_KEY', z.string().optional(), {
    help: 'Finnhub key; without one no stocks are published',
    secret: true,
  }),
  finnhubRate: setting('FINNHUB_RATE', integer(1, 1_800), {
    help: 'Finnhub calls per minute, over all replicas; 60 is what a free key allows',
    default: '60',
  }),
  symbols: setting('STOCK_SYMBOLS', symbols, {
    help: 'symbols that are followed, separated by commas; by default 50 large companies',
  }),
  ...intervals,
  performersCount: setting('STOCK_PERFORMERS_COUNT', integer(1, 20), {
    help: 'stocks in each list of performers',
    default: '10',
  }),
  stream: setting('STOCK_STREAM', flag, {
    help: 'true takes the trades of the first 50 symbols from the WebSocket too, where the key allows it',
    default: 'false',
  }),
  simulated: setting('SIMULATED', flag, {
    help: 'true marks every record as simulated: the addresses above are the sandbox',
    default: 'false',
  }),
} as const
