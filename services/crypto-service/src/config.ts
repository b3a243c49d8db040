import { address, flag, integer, list, setting } from '@flux/runtime'
import * as z from 'zod'

/** Paths are put behind it, so it ends without a slash. */
const base = (...protocols: readonly string[]) =>
  address(...protocols).transform((url) => url.replace(/\/+$/, ''))

/** Prices are in USD, so only products that are quoted in it can be streamed. */
const products = list
  .transform((parts) => [...new Set(parts)])
  .pipe(
    z
      .array(z.string().regex(/^[A-Z0-9]{1,12}-USD$/, 'a product has to look like BTC-USD'))
      .max(100, 'has to be at most 100 products'),
  )

/** What crypto-service reads from its environment, beside what every process reads. */
export const cryptoSettings = {
  coinbaseWsUrl: setting('COINBASE_WS_URL', base('ws', 'wss'), {
    help: 'address of the Coinbase Exchange WebSocket feed',
    default: 'wss://ws-feed.exchange.coinbase.com',
  }),
  coinbaseRestUrl: setting('COINBASE_REST_URL', base('http', 'https'), {
    help: 'address of the Coinbase Exchange REST interface',
    default: 'https://api.exchange.coinbase.com',
  }),
  coinbaseRestRate: setting('COINBASE_REST_RATE', integer(1, 100), {
    help: 'REST calls per second to the exchange, over all replicas',
    default: '8',
  }),
  coinGeckoUrl: setting('COINGECKO_URL', base('http', 'https'), {
    help: 'address of the CoinGecko interface, version included',
    default: 'https://api.coingecko.com/api/v3',
  }),
  coinGeckoApiKey: setting('COINGECKO_API_KEY', z.string().optional(), {
    help: 'CoinGecko key; without one the keyless limits hold',
    secret: true,
  }),
  coinGeckoKeyHeader: setting(
    'COINGECKO_KEY_HEADER',
    z.enum(['x-cg-demo-api-key', 'x-cg-pro-api-key'], {
      error: 'has to be x-cg-demo-api-key or x-cg-pro-api-key',
    }),
    {
      help: 'header the CoinGecko key goes into: x-cg-demo-api-key, or x-cg-pro-api-key on the pro host',
      default: 'x-cg-demo-api-key',
    },
  ),
  coinGeckoRate: setting('COINGECKO_RATE', integer(1, 500), {
    help: 'CoinGecko calls per minute, over all replicas; 5 is safe without a key',
    default: '5',
  }),
  coinGeckoEverySeconds: setting('COINGECKO_EVERY_SECONDS', integer(5, 3_600), {
    help: 'seconds between two CoinGecko polls',
    default: '90',
  }),
  products: setting('CRYPTO_PRODUCTS', products, {
    help: 'products streamed beside those of the top coins, such as BTC-USD, separated by commas',
    default: 'BTC-USD,ETH-USD,SOL-USD,XRP-USD,DOGE-USD,ADA-USD,LINK-USD,AVAX-USD,LTC-USD,BCH-USD',
  }),
  topCoins: setting('CRYPTO_TOP', integer(1, 25), {
    help: 'how many coins of the largest market value are listed and streamed',
    default: '10',
  }),
  tickerRate: setting('CRYPTO_TICKER_RATE', integer(1, 50), {
    help: 'tickers published per second and product at most',
    default: '4',
  }),
  moversMinMarketCapUsd: setting('MOVERS_MIN_MARKET_CAP', integer(0, 1_000_000_000_000), {
    help: 'market value in USD below which a coin is not among the movers',
    default: '100000000',
  }),
  moversCount: setting('MOVERS_COUNT', integer(1, 20), {
    help: 'coins in each list of movers',
    default: '10',
  }),
  backfillPages: setting('CRYPTO_BACKFILL_PAGES', integer(1, 20), {
    help: 'pages of 1,000 trades that are fetched to fill one gap at most',
    default: '5',
  }),
  simulated: setting('SIMULATED', flag, {
    help: 'true marks every record as simulated: the addresses above are the sandbox',
    default: 'false',
  }),
} as const
