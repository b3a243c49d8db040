import { cryptoTicker } from '@flux/contracts'
import { useSamples } from '../../realtime/use-samples.ts'
import { useServerTime } from '../../realtime/use-server-time.ts'

import { useValue } from '../../realtime/use-value.ts'
import type { Series } from '../../ui/sparkline-path.ts'
import type { Ticker } from './model.ts'

/** A product's row. */
export interface Row {
  readonly ticker: Ticker
  readonly at: number
  readonly series: Series
  /** Older than the channel allows, or from a feed that is silent. */
  readonly stale: boolean
}

/** Follows one product; renders again when it changes, becomes stale or fresh. */
export const useRow = (product: string, silent: boolean): Row | undefined => {
  const held = useValue('crypto.ticker', product)
  const series = useSamples('crypto.ticker', product)
  const at = held?.at ?? 0
  const old = useServerTime((now) => now - at > cryptoTicker.ages.staleAfterMs)
  return held && { ticker: held.value, at, series, stale: silent || old }
}
