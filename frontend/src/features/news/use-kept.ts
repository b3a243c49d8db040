import { useState } from 'react'

/**
 * The newest value, but the one before it for as long as someone is at it: what is read or aimed at does not move away.
 * `release` shows the newest one all the same.
 */
export const useKept = <Value>(
  newest: Value,
  kept: boolean,
): readonly [shown: Value, release: () => void] => {
  const [shown, show] = useState(newest)
  const release = () => show(newest)
  if (kept || shown === newest) return [shown, release]
  show(newest)
  return [newest, release]
}
