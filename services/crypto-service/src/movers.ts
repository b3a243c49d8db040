import type { cryptoMovers, ValueOf } from '@flux/contracts'
import { largestFirst, listTime, originals, shownCoin } from './coin-list.ts'
import type { Coin } from './provider/coin.ts'

type Movers = ValueOf<typeof cryptoMovers>
type Mover = Movers['gainers1h'][number]

interface Candidate {
  readonly coin: Coin
  readonly change: number
}

const moverOf = ({ coin, change }: Candidate): Mover => ({
  ...shownCoin(coin),
  changePercent: change,
})

/** Equal changes: the larger coin first. */
const top = (candidates: readonly Candidate[], direction: 1 | -1, count: number): Mover[] =>
  candidates
    .filter(({ change }) => change * direction > 0)
    .toSorted((a, b) => direction * (b.change - a.change) || largestFirst(a.coin, b.coin))
    .slice(0, count)
    .map(moverOf)

const changes = (coins: readonly Coin[], of: (coin: Coin) => number | null): Candidate[] =>
  coins.flatMap((coin) => {
    const change = of(coin)
    return change === null ? [] : [{ coin, change }]
  })

/**
 * The `count` coins that rose and fell most over an hour and a day: rising is above zero and falling below it, so no
 * coin is in both lists of a window. Left out: coins without a change, those worth less than `minMarketCapUsd` or of
 * unknown worth, and those that only repeat another asset.
 */
export const moversOf = (
  coins: readonly Coin[],
  options: { minMarketCapUsd: number; count: number; now: number },
): Movers => {
  const eligible = originals(coins).filter(
    (coin) => (coin.marketCapUsd ?? -1) >= options.minMarketCapUsd,
  )
  const hour = changes(eligible, (coin) => coin.change1hPercent)
  const day = changes(eligible, (coin) => coin.change24hPercent)
  return {
    at: listTime(coins, options.now),
    gainers1h: top(hour, 1, options.count),
    losers1h: top(hour, -1, options.count),
    gainers24h: top(day, 1, options.count),
    losers24h: top(day, -1, options.count),
  }
}
