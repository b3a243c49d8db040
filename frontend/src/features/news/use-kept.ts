import { useState } from 'react'

/** The newest value, but the one before it for as long as someone is at it: what is read or aimed at does not move away. */
export const useKept = <Value>(newest: Value, kept: boolean): Value => {
  const [shown, show] = useState(newest)
  if (kept || shown === newest) return shown
  show(newest)
  return newest
}
