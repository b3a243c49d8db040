import { memo, type ReactNode } from 'react'
import { Star } from '../../panels/star.tsx'
import { Link } from '../../routing/link.tsx'
import { Change } from '../../ui/change.tsx'
import { Flashed } from '../../ui/flashed.tsx'
import { fullPrice, isTinyPrice, unknown } from '../../ui/format.ts'
import { Sparkline } from '../../ui/sparkline.tsx'
import type { Series } from '../../ui/sparkline-path.ts'
import { shortName } from './model.ts'

/** An entry as it looks, whether coin or share. */
export interface Entry {
  readonly id: string
  readonly name: string
  /** Where the row leads to; over the page or away from it. */
  readonly to: string
  readonly over: boolean
  readonly price: number | undefined
  readonly priceText: string
  readonly changePercent: number | null | undefined
  readonly series: Series
  /** Points further apart than this are not joined, in milliseconds. */
  readonly gapMs: number
  /** Older than it should be. */
  readonly old: boolean
  /** Beside the name: how old, or of when. */
  readonly note: ReactNode
}

const PriceText = ({ price, priceText }: Pick<Entry, 'price' | 'priceText'>) =>
  price === undefined ? (
    unknown
  ) : (
    <Flashed value={price}>
      {isTinyPrice(price) ? (
        <>
          <span aria-hidden="true">{priceText}</span>
          <span className="sr-only">{fullPrice(price)}</span>
        </>
      ) : (
        priceText
      )}
    </Flashed>
  )

/** An entry's row: the whole of it leads on, the star takes it off the list. */
const WatchRowView = (entry: Entry & { readonly starred: boolean }) => {
  const { id, name, old, note } = entry
  return (
    <li
      data-row={id}
      data-testid={`watch-${id}`}
      data-stale={old}
      className={`lined relative grid h-9 pointer-coarse:h-11 grid-cols-[minmax(0,1fr)_6rem_6.25rem_auto] items-stretch hover:bg-raised ${old ? 'faded' : ''}`}
    >
      <span className="flex min-w-0 flex-col justify-center pl-3 leading-tight md:pl-4">
        <Link
          to={entry.to}
          over={entry.over}
          className="truncate font-semibold -outline-offset-2 before:absolute before:inset-0"
        >
          {shortName(id)}
        </Link>
        <span className="truncate text-12 text-muted">
          {name}
          {note}
        </span>
      </span>
      <span className="flex items-center">
        <Sparkline series={entry.series} gapMs={entry.gapMs} />
      </span>
      <span className="flex flex-col items-end justify-center pr-1 pl-2 leading-tight whitespace-nowrap">
        <span className="font-medium">
          <PriceText {...entry} />
        </span>
        <span className="text-12">
          <Change percent={entry.changePercent} />
        </span>
      </span>
      <span
        className={`flex items-center justify-end pr-1 md:pr-2 ${entry.starred ? 'w-9 md:w-10' : 'w-2'}`}
      >
        {entry.starred && <Star id={id} name={name} />}
      </span>
    </li>
  )
}

/** Props of a row that follows its own values. */
export interface RowProps {
  readonly id: string
  readonly name: string
  /** It is on the list, and not just suggested. */
  readonly starred: boolean
}

/** A row that renders only when its own values change. */
export const watchRow = (useEntry: (props: RowProps) => Entry) =>
  memo((props: RowProps) => <WatchRowView {...useEntry(props)} starred={props.starred} />)
