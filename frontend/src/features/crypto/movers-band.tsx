import { useValue } from '../../realtime/use-value.ts'
import { Change } from '../../ui/change.tsx'
import { firstMovers, type Mover } from './model.ts'

const List = ({ label, movers }: { label: string; movers: readonly Mover[] }) => (
  <div className="flex min-w-0 items-baseline gap-3">
    <h3 className="w-20 shrink-0 text-muted">{label}</h3>
    <ul className="flex h-5 flex-wrap gap-x-4 overflow-hidden">
      {firstMovers(movers).map((mover) => (
        <li key={mover.id} className="flex items-baseline gap-1.5 leading-5" title={mover.name}>
          <span className="font-medium uppercase">{mover.symbol}</span>
          <Change percent={mover.changePercent} />
        </li>
      ))}
    </ul>
  </div>
)

/** The coins that rose and fell most over a day, in a line each. */
const MoversBandView = (props: { gainers: readonly Mover[]; losers: readonly Mover[] }) => (
  <div className="grid gap-y-1 px-3 pb-3 text-12 md:px-4">
    <List label="Gainers 24 h" movers={props.gainers} />
    <List label="Losers 24 h" movers={props.losers} />
  </div>
)

/** The movers, once there are any. */
export const MoversBand = () => {
  const movers = useValue('crypto.movers', 'global')?.value
  return movers && <MoversBandView gainers={movers.gainers24h} losers={movers.losers24h} />
}
