import { shareGapMs, useQuoteIsOld } from '../../panels/shares.ts'
import { useMarketStatus } from '../../realtime/use-market-status.ts'
import { useSamples } from '../../realtime/use-samples.ts'
import { useFeedIsSilent } from '../../realtime/use-tail.ts'
import { useValue } from '../../realtime/use-value.ts'
import { formatMinute } from '../../ui/format.ts'
import { formatShare } from '../../ui/share-price.ts'
import { type Entry, type RowProps, watchRow } from './watch-row.tsx'

const useShare = ({ id, name }: RowProps): Entry => {
  const held = useValue('stock.quotes', id)
  const series = useSamples('stock.quotes', id)
  const silent = useFeedIsSilent('stock.global')
  const market = useMarketStatus()
  const late = useQuoteIsOld(held?.at ?? 0, market)
  const old = held !== undefined && (silent || late)
  // While the market trades the price is of now; else it says of when it is.
  const dated = held !== undefined && (old || market !== 'open')
  return {
    ...{ id, name, to: '/stocks', over: false, series, gapMs: shareGapMs, old },
    price: held?.value.price,
    priceText: formatShare(held?.value.price),
    changePercent: held?.value.changePercent,
    note: dated && <span className={old ? 'text-warn' : ''}>, {formatMinute(held.value.at)}</span>,
  }
}

/** A watched share; it leads to the page of stocks. */
export const ShareRow = watchRow(useShare)
