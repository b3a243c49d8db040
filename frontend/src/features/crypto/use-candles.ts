import { cryptoCandles } from '@flux/contracts'
import { useMemo } from 'react'
import { useKeys } from '../../realtime/use-keys.ts'
import { useValues } from '../../realtime/use-values.ts'
import type { Candle } from './candles.ts'

/** The minutes of a product that are held, in no order; the same array until one of them changes. */
export const useCandles = (product: string): readonly Candle[] => {
  const keys = useKeys('crypto.candles')
  const own = useMemo(
    () => keys.filter((key) => cryptoCandles.groupOf(key) === product),
    [keys, product],
  )
  const held = useValues('crypto.candles', own)
  return useMemo(() => held.map(({ value }) => value), [held])
}
