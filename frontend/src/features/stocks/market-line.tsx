import { useServerTime } from '../../realtime/use-server-time.ts'
import { changeWords, marketWords, newYorkTime, type Performers } from './model.ts'

type Market = Pick<Performers, 'status' | 'holiday' | 'nextChangeAt' | 'quotesAt'>

/** A full dot while the market trades, half of one around its hours, a ring while it rests. */
const StatusDot = ({ status }: Pick<Market, 'status'>) => (
  <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" className="shrink-0">
    <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
    {status === 'open' && <circle cx="5" cy="5" r="4" fill="currentColor" />}
    {(status === 'pre' || status === 'post') && (
      <path d="M5 1a4 4 0 0 1 0 8z" fill="currentColor" />
    )}
  </svg>
)

const NewYorkClock = () => useServerTime((now) => newYorkTime(now, now))

const Left = (market: Market) => useServerTime((now) => changeWords(market, now)?.left ?? '')

const ChangeTime = (market: Market) =>
  useServerTime((now) => {
    const change = changeWords(market, now)
    if (!change) return ''
    return change.left === ''
      ? `${change.verb} at ${change.when}, any moment`
      : `${change.verb} ${change.when} in`
  })

const LastTrade = ({ at }: { at: number }) => useServerTime((now) => newYorkTime(at, now))

/** What the market is doing and when that changes, in New York's time; the seconds move by themselves. */
export const MarketLine = (market: Market) => (
  <div className="flex shrink-0 items-end justify-between gap-3 px-3 pb-2 md:px-4">
    <div className="min-w-0">
      <p className="flex items-center gap-2 font-semibold">
        <StatusDot status={market.status} />
        <span className="truncate">{marketWords(market)}</span>
      </p>
      <p className="text-12 text-muted">
        New York <NewYorkClock />
        {market.quotesAt !== null && (
          <>
            , last trade <LastTrade at={market.quotesAt} />
          </>
        )}
      </p>
    </div>
    {market.nextChangeAt !== null && (
      <p className="shrink-0 text-right">
        <span className="block text-12 text-muted">
          <ChangeTime {...market} />{' '}
        </span>
        <span className="block text-20 leading-tight whitespace-nowrap">
          <Left {...market} />
        </span>
      </p>
    )}
  </div>
)
