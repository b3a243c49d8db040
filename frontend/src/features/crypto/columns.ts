import type { SortKey } from './order.ts'

/** A column of the table. */
export interface Column {
  readonly label: string
  readonly unit?: string
  readonly sort?: SortKey
  /** Classes of width, alignment and visibility, shared by head, rows and skeleton. */
  readonly cell: string
}

const numbers = 'text-right whitespace-nowrap'

/** The columns, widest part of the page first; a narrow panel leaves some out and folds change and age into others. */
export const columns = {
  coin: {
    label: 'Coin',
    sort: 'rank',
    cell: 'sticky left-0 z-10 bg-surface pl-3 pr-2 text-left md:pl-4',
  },
  price: {
    label: 'Price',
    unit: 'USD',
    sort: 'price',
    cell: `${numbers} w-36 pr-3 pl-2 @2xl:w-40 @2xl:pr-2`,
  },
  change: { label: '24 h', sort: 'change', cell: `${numbers} hidden w-24 px-2 @2xl:table-cell` },
  hour: { label: 'Last hour', cell: 'w-28 px-2 text-right' },
  volume: {
    label: 'Volume 24 h',
    unit: 'USD',
    sort: 'volume',
    cell: `${numbers} hidden w-36 px-2 @3xl:table-cell`,
  },
  age: { label: 'Age', cell: `${numbers} hidden w-20 pr-4 pl-2 @2xl:table-cell` },
} as const satisfies Record<string, Column>
