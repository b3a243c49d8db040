import { cryptoTicker } from '@flux/contracts'
import { memo, type Ref } from 'react'
import { Star } from '../../panels/star.tsx'
import { Link } from '../../routing/link.tsx'
import { productPath } from '../../routing/path.ts'
import { Change } from '../../ui/change.tsx'
import { formatAmount } from '../../ui/format.ts'
import { SeenProvider, useSeen } from '../../ui/seen.tsx'
import { Sparkline } from '../../ui/sparkline.tsx'
import { Age } from './age.tsx'
import { columns } from './columns.ts'
import { type CoinFacts, symbolOf } from './model.ts'
import { Price } from './price.tsx'
import { RangeBar } from './range-bar.tsx'
import { type Row, useRow } from './use-row.ts'

const { history } = cryptoTicker
// Quiet minutes of a small coin are no gap; two in a row without a trade are.
const gapMs = history.kind === 'sampled' ? 4 * history.everyMs : 0

interface RowProps {
  readonly product: string
  readonly coin: CoinFacts | undefined
  readonly fraction: number
  /** Nothing new can come at the moment. */
  readonly silent: boolean
}

const AgeText = ({ at, stale }: { at: number; stale: boolean }) => (
  <span className={stale ? 'text-warn' : 'text-muted'}>
    <Age at={at} />
  </span>
)

type Named = Pick<RowProps, 'product' | 'coin'>

const CoinName = ({ product, coin }: Named) => (
  <span className="flex min-w-0 flex-col @2xl:flex-row @2xl:items-baseline @2xl:gap-2">
    <span className="hidden w-4 shrink-0 text-right text-11 font-normal text-faint @3xl:inline">
      {coin?.rank}
    </span>
    <span className="font-semibold">{symbolOf(product)}</span>
    <span className="truncate text-12 font-normal normal-nums text-muted">
      {coin?.name ?? product}
    </span>
  </span>
)

/** Star and name; between a narrow table and a wide one an age that matters stands here. */
const CoinCell = ({ product, coin, row }: Named & { row: Row }) => (
  <span className="flex items-center gap-1">
    <Star id={product} name={coin?.name ?? product} />
    <Link to={productPath(product)} over className="min-w-0 rounded-sm">
      <CoinName product={product} coin={coin} />
    </Link>
    {row.stale && (
      <span className="ml-1 hidden text-12 font-normal whitespace-nowrap @2xl:inline @3xl:hidden">
        <AgeText at={row.at} stale />
      </span>
    )}
  </span>
)

const Volume = ({ usd }: { usd: number | null }) => {
  const { number, unit } = formatAmount(usd)
  return (
    <>
      {number}
      <span className="ml-0.5 inline-block w-2.5 text-left text-11 text-muted">{unit}</span>
    </>
  )
}

interface ViewProps extends Omit<RowProps, 'silent'> {
  readonly row: Row
  readonly mark: Ref<HTMLTableRowElement>
}

/** A product's row as it looks. */
const CryptoRowView = ({ product, coin, fraction, row, mark }: ViewProps) => (
  <tr
    ref={mark}
    data-row
    data-testid={`row-${product}`}
    data-stale={row.stale}
    className={`lined group h-11 cursor-pointer hover:bg-raised @2xl:h-8 pointer-coarse:h-11 ${row.stale ? 'faded' : ''}`}
  >
    <th scope="row" className={`group-hover:bg-raised ${columns.coin.cell}`}>
      <CoinCell product={product} coin={coin} row={row} />
    </th>
    <td className={columns.hour.cell}>
      <Sparkline series={row.series} gapMs={gapMs} />
    </td>
    <td className={columns.price.cell}>
      <Price product={product} price={row.ticker.price} fraction={fraction} />
      <span className="flex justify-end gap-2 text-12 @2xl:hidden">
        {row.stale && <AgeText at={row.at} stale />}
        <Change percent={row.ticker.change24hPercent} />
      </span>
    </td>
    <td className={columns.change.cell}>
      <Change percent={row.ticker.change24hPercent} />
    </td>
    <td className={columns.range.cell}>
      <RangeBar ticker={row.ticker} />
    </td>
    <td className={columns.volume.cell}>
      <Volume usd={row.ticker.volume24hUsd} />
    </td>
    <td className={columns.age.cell}>
      <AgeText at={row.at} stale={row.stale} />
    </td>
  </tr>
)

const LiveRow = (props: RowProps & Pick<ViewProps, 'mark'>) => {
  const row = useRow(props.product, props.silent)
  if (!row) return null
  const { silent: _, ...view } = props
  return <CryptoRowView {...view} row={row} />
}

/** A product's row; it alone renders when its price changes, and only while it is in sight. */
export const CryptoRow = memo((props: RowProps) => {
  const [mark, seen] = useSeen<HTMLTableRowElement>()
  return (
    <SeenProvider seen={seen}>
      <LiveRow {...props} mark={mark} />
    </SeenProvider>
  )
})
