import type { SortKey } from './order.ts'

/** A column of the table of all stocks. */
export interface Column {
  readonly label: string
  readonly sort?: SortKey
  /** Classes of width, alignment and visibility, shared by head and rows. */
  readonly cell: string
}

const numbers = 'text-right whitespace-nowrap px-2'
const ofTheDay = `${numbers} hidden w-22 @3xl:table-cell`

/** The columns; a narrow panel folds the figures of the day and the change into others. */
export const columns = {
  share: { label: 'Share', sort: 'symbol', cell: 'truncate pl-3 pr-2 text-left md:pl-4' },
  course: { label: 'Last 2 h', cell: 'hidden w-28 px-2 text-right @lg:table-cell' },
  price: { label: 'Price', sort: 'price', cell: `${numbers} w-22` },
  change: { label: 'Today', sort: 'change', cell: `${numbers} hidden w-22 @lg:table-cell` },
  open: { label: 'Open', cell: ofTheDay },
  high: { label: 'High', cell: ofTheDay },
  low: { label: 'Low', cell: ofTheDay },
  close: { label: 'Prev. close', cell: ofTheDay },
  trade: { label: 'Last trade', cell: `${numbers} hidden w-24 text-12 @3xl:table-cell` },
  watch: { label: 'Watch', cell: 'w-11 pr-1 text-right md:pr-2' },
} as const satisfies Record<string, Column>
