import { memo } from 'react'
import { companyOf, shareGapMs, useQuoteIsOld } from '../../panels/shares.ts'
import { Star } from '../../panels/star.tsx'
import { useMarketStatus } from '../../realtime/use-market-status.ts'
import { useSamples } from '../../realtime/use-samples.ts'
import { useServerTime } from '../../realtime/use-server-time.ts'
import { useValue } from '../../realtime/use-value.ts'
import { Change } from '../../ui/change.tsx'
import { Flashed } from '../../ui/flashed.tsx'
import { formatShare } from '../../ui/share-price.ts'
import { Sparkline } from '../../ui/sparkline.tsx'
import type { Series } from '../../ui/sparkline-path.ts'
import { columns } from './columns.ts'
import { DayLine } from './day-line.tsx'
import { newYorkTime, type Quote } from './model.ts'

const LastTrade = ({ at, old }: { at: number; old: boolean }) => {
  const text = useServerTime((now) => newYorkTime(at, now))
  return <span className={old ? 'text-warn' : 'text-muted'}>{text}</span>
}

interface ViewProps {
  readonly quote: Quote
  readonly series: Series
  /** Older than it should be. */
  readonly old: boolean
}

const QuoteRowView = ({ quote, series, old }: ViewProps) => {
  const { symbol, price, changePercent } = quote
  return (
    <tr
      data-row={symbol}
      className={`lined h-13 @3xl:h-8 pointer-coarse:h-13 ${old ? 'faded' : ''}`}
    >
      <th scope="row" className={`${columns.share.cell} font-normal`}>
        <span className="block truncate">
          <span className="mr-2 inline-block font-semibold @3xl:w-14">{symbol}</span>
          <span className="text-12 text-muted">{companyOf(symbol)}</span>
        </span>
        <span className="block pt-1 @3xl:hidden">
          <DayLine {...quote} />
        </span>
      </th>
      <td className={columns.course.cell}>
        <Sparkline series={series} gapMs={shareGapMs} />
      </td>
      <td className={`${columns.price.cell} font-medium`}>
        <Flashed value={price}>{formatShare(price)}</Flashed>
        <span className="block pt-1 text-12 font-normal @lg:hidden">
          <Change percent={changePercent} />
        </span>
      </td>
      <td className={columns.change.cell}>
        <Change percent={changePercent} />
      </td>
      <td className={columns.open.cell}>{formatShare(quote.open)}</td>
      <td className={columns.high.cell}>{formatShare(quote.high)}</td>
      <td className={columns.low.cell}>{formatShare(quote.low)}</td>
      <td className={columns.close.cell}>{formatShare(quote.previousClose)}</td>
      <td className={columns.trade.cell}>
        <LastTrade at={quote.at} old={old} />
      </td>
      <td className={columns.watch.cell}>
        <Star id={symbol} name={companyOf(symbol)} />
      </td>
    </tr>
  )
}

/** A stock's row; it alone renders when its price changes. */
export const QuoteRow = memo(({ symbol }: { symbol: string }) => {
  const held = useValue('stock.quotes', symbol)
  const series = useSamples('stock.quotes', symbol)
  const old = useQuoteIsOld(held?.at ?? 0, useMarketStatus())
  return held && <QuoteRowView quote={held.value} series={series} old={old} />
})
