import { useState } from 'react'
import { moveByRowKeys } from '../../ui/row-keys.ts'
import { SearchBox } from '../../ui/search-box.tsx'
import { SortHead } from '../../ui/sort-head.tsx'
import { useHeld } from '../../ui/use-held.ts'
import { useSlide } from '../../ui/use-slide.ts'
import { type Column, columns } from './columns.ts'
import { firstSort, type Sort, type SortKey, toggledSort } from './order.ts'
import { QuoteRow } from './quote-row.tsx'
import { useQuotes } from './use-quotes.ts'

interface HeadProps {
  readonly sort: Sort
  readonly sortBy: (key: SortKey) => void
}

const Head = ({ column, sort, sortBy }: HeadProps & { column: Column }) => (
  <SortHead by={column.sort} {...{ sort, sortBy }} cell={column.cell}>
    {column === columns.watch ? <span className="sr-only">{column.label}</span> : column.label}
  </SortHead>
)

const Rows = ({ symbols }: { symbols: readonly string[] }) => {
  const body = useSlide(symbols)
  return (
    <tbody ref={body}>
      {symbols.map((symbol) => (
        <QuoteRow key={symbol} symbol={symbol} />
      ))}
    </tbody>
  )
}

/** All stocks that are followed: sortable, to be searched, each on live data. */
export const QuotesTable = () => {
  const [typed, type] = useState('')
  const [sort, setSort] = useState(firstSort)
  const { held, listeners } = useHeld()
  const symbols = useQuotes({ typed, sort, held })
  const sortBy = (key: SortKey) => setSort(toggledSort(sort, key))
  return (
    <div className="border-t border-line pt-3">
      <div className="flex items-center justify-between gap-3 px-3 pb-2 md:px-4">
        <h3 className="font-semibold">All followed</h3>
        <SearchBox label="Search the stocks" placeholder="Search" value={typed} onChange={type} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in */}
      <div role="group" aria-label="All stocks" onKeyDown={moveByRowKeys} {...listeners}>
        <table className="w-full table-fixed border-separate border-spacing-0 leading-tight">
          <caption className="sr-only">Prices of all followed stocks in US dollars, live</caption>
          <thead className="text-12">
            <tr>
              {Object.values(columns).map((column) => (
                <Head key={column.label} column={column} sort={sort} sortBy={sortBy} />
              ))}
            </tr>
          </thead>
          <Rows symbols={symbols} />
        </table>
        {symbols.length === 0 && (
          <p className="px-3 py-4 text-muted md:px-4">
            {typed.trim() === '' ? 'No quotes yet.' : 'No stock of that name is followed.'}
          </p>
        )}
      </div>
    </div>
  )
}
