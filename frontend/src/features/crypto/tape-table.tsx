import { memo } from 'react'
import { Arrow } from '../../ui/arrow.tsx'
import { type Direction, formatPrice, formatTime, fullPrice } from '../../ui/format.ts'
import { fractionPadding } from './model.ts'
import { PriceText } from './price-text.tsx'
import type { TapeLine } from './tape.ts'

const tones = { up: 'text-up', down: 'text-down', flat: 'text-muted' } as const

interface TradeProps {
  readonly at: number
  readonly price: number
  readonly size: number
  readonly side: 'buy' | 'sell'
  readonly direction: Direction
  /** Digits after the point of the prices' column. */
  readonly fraction: number
  /** Digits after the point of the sizes' column. */
  readonly digits: number
}

const cell = 'px-1 whitespace-nowrap first:pl-0 last:pr-0'
const words = `${cell} text-left`
const numbers = `${cell} text-right`

const TradeRow = memo(({ at, price, size, side, direction, fraction, digits }: TradeProps) => {
  const text = formatPrice(price)
  return (
    <tr className="lined h-7">
      <td className={`${words} text-muted`}>{formatTime(at)}</td>
      <td className={words}>{side}</td>
      <td className={`${numbers} ${tones[direction]}`}>
        <span className="inline-flex items-center gap-1.5">
          <span title={fullPrice(price)}>
            <PriceText price={price} />
            {fractionPadding(text, fraction)}
          </span>
          <Arrow direction={direction} />
        </span>
      </td>
      <td className={numbers} title={fullPrice(size)}>
        {size.toFixed(digits)}
      </td>
    </tr>
  )
})

const GapRow = memo(({ at, missing }: { at: number; missing: number }) => (
  <tr className="lined h-7">
    <td className={`${words} text-muted`}>{formatTime(at)}</td>
    <td colSpan={3} className={`${words} text-warn`}>
      {missing === 1 ? '1 trade' : `${missing.toLocaleString('en-US')} trades`} here could not be
      had
    </td>
  </tr>
))

interface TapeTableProps {
  readonly lines: readonly TapeLine[]
  readonly symbol: string
  readonly fraction: number
  readonly digits: number
}

/** Trades, the newest first; a row renders once. */
export const TapeTable = ({ lines, symbol, fraction, digits }: TapeTableProps) => (
  <table className="w-full table-fixed border-separate border-spacing-0 text-12 leading-tight">
    <caption className="sr-only">The newest trades</caption>
    <thead className="text-muted">
      <tr className="h-7">
        <th scope="col" className={`${words} w-20 border-b border-line font-normal`}>
          Time
        </th>
        <th scope="col" className={`${words} w-14 border-b border-line font-normal`}>
          Side
        </th>
        <th scope="col" className={`${numbers} border-b border-line font-normal`}>
          Price <span className="text-faint">USD</span>
        </th>
        <th scope="col" className={`${numbers} border-b border-line font-normal`}>
          Size <span className="text-faint">{symbol}</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {lines.map((line) =>
        line.kind === 'gap' ? (
          <GapRow key={line.id} at={line.at} missing={line.missing} />
        ) : (
          <TradeRow
            key={line.id}
            at={line.at}
            price={line.price}
            size={line.size}
            side={line.side}
            direction={line.direction}
            fraction={fraction}
            digits={digits}
          />
        ),
      )}
    </tbody>
  </table>
)
