import type { ValueByName } from '@flux/contracts'
import { useCallback, useSyncExternalStore } from 'react'
import { useClient } from './client-context.tsx'

/** What the stock market is doing. */
export type MarketStatus = ValueByName['stock.performers']['status']

/** The US market's status, where known; renders again only when that changes. Needs the room `stock.global`. */
export const useMarketStatus = (): MarketStatus | undefined => {
  const client = useClient()
  const subscribe = useCallback(
    (listener: () => void) => client.onKey('stock.performers', 'US', listener),
    [client],
  )
  return useSyncExternalStore(subscribe, () => client.read('stock.performers', 'US')?.value.status)
}
