import { cryptoTicker } from '@flux/contracts'
import { sourceNames, sourceTrouble } from '../../panels/sources.ts'
import { useSources } from '../../panels/use-sources.ts'
import { useKeys } from '../../realtime/use-keys.ts'
import { useRead } from '../../realtime/use-read.ts'
import { useServerTime } from '../../realtime/use-server-time.ts'
import { useFeedIsSilent } from '../../realtime/use-tail.ts'

/** What the panel says of its data as a whole. */
export interface Footer {
  readonly sources: string
  readonly trouble: string | undefined
  /** Time of the newest fact in epoch milliseconds, 0 while there is none. */
  readonly asOf: number
  readonly stale: boolean
  readonly simulated: boolean
}

const newestOf = (times: readonly number[]): number => times.reduce((a, b) => Math.max(a, b), 0)

/** Looks once a second at all prices: how new the newest is, and whether any is simulated. */
export const useFooter = (): Footer => {
  const read = useRead()
  const products = useKeys('crypto.ticker')
  const sources = useSources('crypto-service')
  const all = () => products.flatMap((product) => read('crypto.ticker', product) ?? [])
  const asOf = useServerTime(() => newestOf(all().map((held) => held.at)))
  const silent = useFeedIsSilent()
  const old = useServerTime((now) => now - asOf > cryptoTicker.ages.staleAfterMs)
  return {
    sources: sourceNames(sources, 'coinbase'),
    trouble: sources.map(sourceTrouble).find((words) => words !== undefined),
    asOf,
    stale: asOf > 0 && (silent || old),
    simulated: useServerTime(() => all().some((held) => held.simulated)),
  }
}
