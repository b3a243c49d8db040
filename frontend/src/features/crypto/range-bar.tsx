import { fullPrice } from '../../ui/format.ts'
import { shareOfRange, type Ticker } from './model.ts'

/** Where a price stands between the lowest and the highest of its day. */
export const RangeBar = ({ ticker }: { ticker: Ticker }) => {
  const share = shareOfRange(ticker)
  const words = `${fullPrice(ticker.low24h)} to ${fullPrice(ticker.high24h)}`
  return (
    <span className="relative block h-3" title={share === null ? undefined : words}>
      <span className="absolute inset-x-0 top-1 h-1 rounded-full bg-line" />
      {share !== null && (
        <>
          <span
            className="absolute top-0 h-3 w-[3px] -translate-x-1/2 rounded-full bg-text"
            style={{ left: `${share * 100}%` }}
          />
          <span className="sr-only">{words}</span>
        </>
      )}
    </span>
  )
}
