import { cryptoMovers } from '@flux/contracts'
import { memo, useMemo, useState } from 'react'
import { useServerTime } from '../../realtime/use-server-time.ts'
import { useValue } from '../../realtime/use-value.ts'
import { Link } from '../../routing/link.tsx'
import { productPath } from '../../routing/path.ts'
import { Change } from '../../ui/change.tsx'
import { Choice } from '../../ui/choice.tsx'
import { unknown } from '../../ui/format.ts'
import { Age } from './age.tsx'
import { type Mover, type MoverLists, type MoverWindow, moverLists } from './movers.ts'

const windows = [
  { value: '1h', label: '1 h' },
  { value: '24h', label: '24 h' },
] as const

const Sign = ({ symbol, product }: Mover) =>
  product === null ? (
    <span className="font-medium uppercase">{symbol}</span>
  ) : (
    <Link
      to={productPath(product)}
      over
      className="rounded-sm font-medium uppercase underline-offset-2 hover:underline"
    >
      {symbol}
    </Link>
  )

interface ListProps {
  readonly label: string
  /** `undefined` while they are not known. */
  readonly movers: readonly Mover[] | undefined
}

const List = ({ label, movers }: ListProps) => (
  <div className="flex min-w-0 items-baseline gap-3">
    <h3 className="w-14 shrink-0 text-muted">{label}</h3>
    <ul className="-my-0.5 flex h-6 flex-wrap gap-x-4 overflow-hidden py-0.5">
      {!movers?.length && <li className="leading-5 text-muted">{movers ? 'none' : unknown}</li>}
      {movers?.map((mover) => (
        <li key={mover.id} className="flex items-baseline gap-1.5 leading-5" title={mover.name}>
          <Sign {...mover} />
          <Change percent={mover.changePercent} />
        </li>
      ))}
    </ul>
  </div>
)

interface BandProps {
  readonly lists: MoverLists | undefined
  readonly window: MoverWindow
  readonly onWindow: (window: MoverWindow) => void
  /** Time of the lists, epoch milliseconds. */
  readonly at: number
  readonly stale: boolean
}

/** The coins that rose and fell most, in a line each. */
const MoversBandView = ({ lists, window, onWindow, at, stale }: BandProps) => (
  <div className="flex items-center justify-between gap-4 px-3 pb-3 text-12 md:px-4">
    <div className={`grid min-w-0 gap-y-1 ${stale ? 'faded' : ''}`}>
      <List label="Gainers" movers={lists?.gainers} />
      <List label="Losers" movers={lists?.losers} />
    </div>
    <div className="flex shrink-0 items-center gap-3">
      {stale && (
        <span className="text-warn">
          <Age at={at} /> old
        </span>
      )}
      <Choice label="Movers over" options={windows} value={window} onChange={onWindow} quiet />
    </div>
  </div>
)

/** The movers; their place is kept until they come. */
export const MoversBand = memo(() => {
  const [window, setWindow] = useState<MoverWindow>('24h')
  const held = useValue('crypto.movers', 'global')
  const top = useValue('crypto.topcoins', 'global')?.value
  const at = held?.at ?? 0
  const old = useServerTime((now) => now - at > cryptoMovers.ages.staleAfterMs)
  const stale = at > 0 && old
  const movers = held?.value
  const lists = useMemo(() => movers && moverLists(movers, window, top), [movers, window, top])
  return <MoversBandView lists={lists} window={window} onWindow={setWindow} at={at} stale={stale} />
})
