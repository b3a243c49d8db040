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
    cell: 'sticky left-0 z-10 bg-surface pl-1.5 pr-2 text-left md:pl-2.5',
  },
  hour: { label: 'Last hour', cell: 'w-28 px-2 text-right' },
  price: {
    label: 'Price',
    unit: 'USD',
    sort: 'price',
    cell: `${numbers} w-32 pr-3 pl-2 @2xl:pr-2 @3xl:w-36`,
  },
  change: { label: '24 h', sort: 'change', cell: `${numbers} hidden w-22 px-2 @2xl:table-cell` },
  range: { label: '24 h range', cell: 'hidden w-26 px-2 text-right @2xl:table-cell @4xl:w-36' },
  volume: {
    label: 'Volume',
    unit: 'USD',
    sort: 'volume',
    cell: `${numbers} hidden w-22 pl-2 pr-3 @2xl:table-cell @3xl:w-32 @3xl:pr-2`,
  },
  age: { label: 'Age', cell: `${numbers} hidden w-18 pr-4 pl-2 @3xl:table-cell` },
} as const satisfies Record<string, Column>
