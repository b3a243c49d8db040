import { cryptoCandles, cryptoTicker } from '@flux/contracts'
import { useMemo } from 'react'
import { type Feed, useFeed } from '../../panels/use-feed.ts'
import { useRead } from '../../realtime/use-read.ts'
import { useRoom } from '../../realtime/use-room.ts'
import { useServerTime } from '../../realtime/use-server-time.ts'
import { useValue } from '../../realtime/use-value.ts'
import { type Coin, coinOf } from './model.ts'

/** The state of a product's values; looks once a second how new the newest is. */
export const useProductFeed = (product: string): Feed => {
  // The newest price comes with those of all products, candles and trades by the product's own room.
  useRoom('crypto.global')
  const read = useRead()
  const newest = () =>
    [read('crypto.ticker', product), read('crypto.trades', product)].filter(
      (held) => held !== undefined,
    )
  return useFeed({
    ...{ room: cryptoCandles.roomOf(`${product}@`), service: 'crypto-service' },
    ...{ provider: 'coinbase', ages: cryptoTicker.ages },
    at: useServerTime(() => newest().reduce((last, { at }) => Math.max(last, at), 0)),
    simulated: useServerTime(() => newest().some(({ simulated }) => simulated)),
  })
}

/** What the list of the largest coins says of a product, where it is in it. */
export const useCoin = (product: string): Coin | undefined => {
  const held = useValue('crypto.topcoins', 'global')
  return useMemo(() => {
    const coin = coinOf(held?.value, product)
    // Pictures of a simulated list have addresses that lead nowhere.
    return coin && held?.simulated ? { ...coin, imageUrl: null } : coin
  }, [held, product])
}
