import { cryptoTicker } from '@flux/contracts'
import { quoteAges } from '../../panels/shares.ts'
import { type Feed, useFeed } from '../../panels/use-feed.ts'
import { useMarketStatus } from '../../realtime/use-market-status.ts'
import { useRead } from '../../realtime/use-read.ts'
import { useServerTime } from '../../realtime/use-server-time.ts'
import { isProduct, mergedFeed } from './model.ts'

type Channel = 'crypto.ticker' | 'stock.quotes'

/** Looks once a second at the listed values: how new the newest is, and whether any is simulated. */
const useNewest = (channel: Channel, ids: readonly string[]) => {
  const read = useRead()
  const all = () => ids.flatMap((id) => read(channel, id) ?? [])
  return {
    at: useServerTime(() => all().reduce((newest, { at }) => Math.max(newest, at), 0)),
    simulated: useServerTime(() => all().some(({ simulated }) => simulated)),
  }
}

/** The feeds of both kinds of entries as one; it wants the rooms of both. */
export const useWatchFeed = (ids: readonly string[]): Feed => {
  const products = ids.filter(isProduct)
  const symbols = ids.filter((id) => !isProduct(id))
  const market = useMarketStatus()
  const coins = useFeed({
    ...{ room: 'crypto.global', service: 'crypto-service', provider: 'coinbase' },
    ages: cryptoTicker.ages,
    ...useNewest('crypto.ticker', products),
  })
  const shares = useFeed({
    ...{ room: 'stock.global', service: 'stock-service', provider: 'finnhub' },
    ages: quoteAges(market),
    ...useNewest('stock.quotes', symbols),
  })
  if (symbols.length === 0) return coins
  return products.length === 0 ? shares : mergedFeed(coins, shares)
}
