import { type Column, columns } from './columns.ts'
import type { Sort, SortKey } from './order.ts'

interface HeadProps {
  readonly sort: Sort
  readonly sortBy: (key: SortKey) => void
}

const Label = ({ column }: { column: Column }) => (
  <>
    {column.label}
    {column.unit && <span className="ml-1 hidden text-faint @3xl:inline">{column.unit}</span>}
  </>
)

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
  const { sort: key } = column
  const sorted = key === sort.key
  // The first column begins with a star, whose drawing has room around it.
  const inset = column === columns.coin ? 'ml-1.5' : ''
  const order = sort.descending ? 'descending' : 'ascending'
  return (
    <th
      scope="col"
      aria-sort={sorted ? order : undefined}
      className={`h-8 border-b border-line font-normal ${column.cell} ${sorted ? 'text-text' : 'text-muted'}`}
    >
      {key ? (
        <button
          type="button"
          onClick={() => sortBy(key)}
          className={`inline-flex items-center gap-1 rounded-sm hover:text-text pointer-coarse:min-h-11 ${inset}`}
        >
          <span>
            <Label column={column} />
          </span>
          {sorted && <Mark descending={sort.descending} />}
        </button>
      ) : (
        <Label column={column} />
      )}
    </th>
  )
}

/** The table's head; sortable columns are buttons, the sorted one is marked. */
export const CryptoHead = (props: HeadProps) => (
  <thead className="sticky top-0 z-20 bg-surface text-12">
    <tr>
      <Head column={columns.coin} {...props} />
      <Head column={columns.hour} {...props} />
      <Head column={columns.price} {...props} />
      <Head column={columns.change} {...props} />
      <Head column={columns.range} {...props} />
      <Head column={columns.volume} {...props} />
      <Head column={columns.age} {...props} />
    </tr>
  </thead>
)
