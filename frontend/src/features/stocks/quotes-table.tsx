import { useState } from 'react'
import { moveByRowKeys } from '../../ui/row-keys.ts'
import { SearchBox } from '../../ui/search-box.tsx'
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

const Mark = ({ descending }: { descending: boolean }) => (
  <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true" className="shrink-0 text-accent">
    <path
      d={descending ? 'M1 2.5 4 5.5 7 2.5' : 'M1 5.5 4 2.5 7 5.5'}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    />
  </svg>
)

const Head = ({ column, sort, sortBy }: HeadProps & { column: Column }) => {
  const { sort: key, label, cell } = column
  const sorted = key === sort.key
  const order = sort.descending ? 'descending' : 'ascending'
  return (
    <th
      scope="col"
      aria-sort={sorted ? order : undefined}
      className={`h-8 border-b border-line font-normal ${cell} ${sorted ? 'text-text' : 'text-muted'}`}
    >
      {key ? (
        <button
          type="button"
          onClick={() => sortBy(key)}
          className="inline-flex items-center gap-1 rounded-sm hover:text-text pointer-coarse:min-h-11"
        >
          {label}
          {sorted && <Mark descending={sort.descending} />}
        </button>
      ) : (
        <span className={column === columns.watch ? 'sr-only' : ''}>{label}</span>
      )}
    </th>
  )
}

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
