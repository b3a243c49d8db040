import { cryptoTicker } from '@flux/contracts'
import { type Feed, useFeed } from '../../panels/use-feed.ts'
import { useKeys } from '../../realtime/use-keys.ts'
import { useRead } from '../../realtime/use-read.ts'
import { useServerTime } from '../../realtime/use-server-time.ts'

/** The state of all prices together; looks once a second how new the newest is and whether any is simulated. */
export const useCryptoFeed = (): Feed => {
  const read = useRead()
  const products = useKeys('crypto.ticker')
  const all = () => products.flatMap((product) => read('crypto.ticker', product) ?? [])
  return useFeed({
    ...{ room: 'crypto.global', service: 'crypto-service', provider: 'coinbase' },
    ages: cryptoTicker.ages,
    at: useServerTime(() => all().reduce((newest, { at }) => Math.max(newest, at), 0)),
    simulated: useServerTime(() => all().some(({ simulated }) => simulated)),
  })
}
