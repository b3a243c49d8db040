import type { ReactNode } from 'react'
import type { Sort } from './ordering.ts'

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

interface SortHeadProps<Key extends string> {
  /** What the column sorts by; without it, it is a plain heading. */
  readonly by: Key | undefined
  readonly sort: Sort<Key>
  readonly sortBy: (key: Key) => void
  /** Classes of width, alignment and visibility. */
  readonly cell: string
  /** Classes of the button. */
  readonly inset?: string
  readonly children: ReactNode
}

/** A column's heading: a button where the column can be sorted by, marked where it is. */
export const SortHead = <Key extends string>(props: SortHeadProps<Key>) => {
  const { by, sort, sortBy, cell, inset = '', children } = props
  const sorted = by === sort.key
  const order = sort.descending ? 'descending' : 'ascending'
  return (
    <th
      scope="col"
      aria-sort={sorted ? order : undefined}
      className={`h-8 border-b border-line font-normal ${cell} ${sorted ? 'text-text' : 'text-muted'}`}
    >
      {by ? (
        <button
          type="button"
          onClick={() => sortBy(by)}
          className={`inline-flex items-center gap-1 rounded-sm hover:text-text pointer-coarse:min-h-11 ${inset}`}
        >
          <span>{children}</span>
          {sorted && <Mark descending={sort.descending} />}
        </button>
      ) : (
        children
      )}
    </th>
  )
}
