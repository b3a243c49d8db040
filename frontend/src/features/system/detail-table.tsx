import { type ReactNode, useId } from 'react'

/** A column's heading, and whether numbers stand in it. */
export interface Column {
  readonly head: string
  readonly numeric?: boolean
}

interface TableProps {
  readonly title: string
  readonly columns: readonly Column[]
  readonly children: ReactNode
}

/** A table of details; where it is too wide for its place it scrolls sideways. */
export const DetailTable = ({ title, columns, children }: TableProps) => {
  const id = useId()
  return (
    <div className="min-w-0">
      <h3 id={id} className="mb-1 text-13 font-semibold">
        {title}
      </h3>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in */}
      <div
        role="group"
        aria-labelledby={id}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        tabIndex={0}
        className="overflow-x-auto"
      >
        <table aria-labelledby={id} className="w-full border-collapse text-12 whitespace-nowrap">
          <thead>
            <tr className="lined text-11 text-muted">
              {columns.map(({ head, numeric }) => (
                <th
                  key={head}
                  scope="col"
                  className={`h-7 border-b border-line pr-4 font-normal last:pr-0 ${numeric ? 'text-right' : 'text-left'}`}
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </div>
  )
}

interface RowProps {
  readonly name: string
  /** In the order of the columns after the first. */
  readonly cells: readonly ReactNode[]
  readonly columns: readonly Column[]
}

/** A row of details, named by its first cell. */
export const DetailRow = ({ name, cells, columns }: RowProps) => (
  <tr className="lined">
    <th scope="row" className="sticky left-0 h-8 bg-surface pr-4 text-left font-medium">
      {name}
    </th>
    {columns.slice(1).map(({ head, numeric }, i) => (
      <td key={head} className={`h-8 pr-4 last:pr-0 ${numeric ? 'text-right' : ''}`}>
        {cells[i]}
      </td>
    ))}
  </tr>
)
