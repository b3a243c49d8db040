import { SortHead } from '../../ui/sort-head.tsx'
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

const Head = ({ column, sort, sortBy }: HeadProps & { column: Column }) => (
  <SortHead
    by={column.sort}
    {...{ sort, sortBy }}
    cell={column.cell}
    // The first column begins with a star, whose drawing has room around it.
    inset={column === columns.coin ? 'ml-1.5' : ''}
  >
    <Label column={column} />
  </SortHead>
)

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
