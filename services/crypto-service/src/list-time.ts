import type { Coin } from './provider/coin.ts'

/** The time of a list: the newest change of a coin in it, never ahead of `now`; `now` where the provider says nothing. */
export const listTime = (coins: readonly Coin[], now: number): number => {
  const newest = coins.reduce((max, coin) => Math.max(max, coin.updatedAt ?? 0), 0)
  return newest === 0 ? now : Math.min(newest, now)
}
