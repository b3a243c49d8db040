import { memo } from 'react'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { moveByRowKeys } from '../../ui/row-keys.ts'
import { useSlide } from '../../ui/use-slide.ts'
import { CryptoHead } from './crypto-head.tsx'
import { CryptoRow } from './crypto-row.tsx'
import { type Filter, noFilter } from './filter.ts'
import { followRow } from './follow-row.ts'
import { type Board, useBoard } from './use-board.ts'

const Rows = ({ order, coins, fraction, silent }: Board) => {
  const body = useSlide(order)
  return (
    <tbody ref={body} onKeyDown={moveByRowKeys} onClick={followRow}>
      {order.map((product) => (
        <CryptoRow
          key={product}
          product={product}
          coin={coins.get(product)}
          fraction={fraction}
          silent={silent}
        />
      ))}
    </tbody>
  )
}

const NoRows = ({ filter, onClear }: { filter: Filter; onClear: () => void }) => (
  <Message action={<Button onClick={onClear}>Show all coins</Button>}>
    {filter.watched && filter.text === ''
      ? 'No coin is watched yet. The star in a row puts it on the watchlist.'
      : `No coin matches “${filter.text}”${filter.watched ? ' on the watchlist' : ''}.`}
  </Message>
)

interface CryptoTableProps {
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
}

/** The live table of coins; it renders when its order changes, its rows when their prices do. */
export const CryptoTable = memo(({ filter, onFilter }: CryptoTableProps) => {
  const board = useBoard(filter)
  const isEmpty = board.order.length === 0 && filter !== noFilter
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    <div
      role="group"
      aria-label="Prices"
      className="fade-bottom min-h-0 roomy:overflow-y-auto"
      {...board.held.listeners}
    >
      {isEmpty ? (
        <NoRows filter={filter} onClear={() => onFilter(noFilter)} />
      ) : (
        <table className="w-full table-fixed border-separate border-spacing-0 leading-tight">
          <caption className="sr-only">Crypto prices in US dollars, live</caption>
          <CryptoHead sort={board.sort} sortBy={board.sortBy} />
          <Rows {...board} />
        </table>
      )}
    </div>
  )
})
