import { memo } from 'react'
import { companyOf } from '../../panels/shares.ts'
import { Star } from '../../panels/star.tsx'
import { Change } from '../../ui/change.tsx'
import { Flashed } from '../../ui/flashed.tsx'
import { formatShare } from '../../ui/share-price.ts'
import { DayLine } from './day-line.tsx'
import type { Performer } from './model.ts'

const cell = 'h-5 align-bottom leading-tight'
const below = 'h-5 border-b border-line pb-1 align-top group-last:border-b-0'

const PerformerRows = memo(({ performer }: { performer: Performer }) => {
  const { symbol, name, price, changePercent } = performer
  return (
    <tbody
      data-row={symbol}
      className="group [@media(min-width:90rem)_and_(max-height:60rem)]:in-[.overview]:nth-of-type-[n+5]:hidden"
    >
      <tr>
        <th scope="row" className={`${cell} truncate pl-3 text-left font-normal md:pl-4`}>
          <span className="mr-2 font-semibold">{symbol}</span>
          <span className="text-12 text-muted">{name}</span>
        </th>
        <td className={`${cell} text-right font-medium`}>
          <Flashed value={price}>{formatShare(price)}</Flashed>
        </td>
        <td className={`${cell} text-right whitespace-nowrap`}>
          <Change percent={changePercent} />
        </td>
        <td
          rowSpan={2}
          className="border-b border-line pr-1 text-right group-last:border-b-0 md:pr-2"
        >
          <Star id={symbol} name={companyOf(symbol)} />
        </td>
      </tr>
      <tr>
        <td colSpan={3} className={`${below} pl-3 md:pl-4`}>
          <DayLine {...performer} />
        </td>
      </tr>
    </tbody>
  )
})

interface TableProps {
  readonly label: string
  readonly performers: readonly Performer[]
}

/** The stocks that moved most in one direction, each with the figures of its day. */
export const PerformersTable = ({ label, performers }: TableProps) =>
  performers.length === 0 ? (
    <p className="px-3 pb-3 text-12 text-muted md:px-4">{label}: none today.</p>
  ) : (
    <table className="w-full table-fixed border-separate border-spacing-0 self-start">
      <caption className="px-3 pb-1 text-left text-12 text-muted md:px-4">{label}</caption>
      <colgroup>
        <col />
        <col className="w-19" />
        <col className="w-19" />
        <col className="w-10" />
      </colgroup>
      {performers.map((performer) => (
        <PerformerRows key={performer.symbol} performer={performer} />
      ))}
    </table>
  )
