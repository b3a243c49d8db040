import { memo, useMemo, useState } from 'react'
import type { HistoryState } from '../../realtime/use-history.ts'
import { useRecords } from '../../realtime/use-records.ts'
import { useHeld } from '../../ui/use-held.ts'
import { columnFraction, symbolOf } from './model.ts'
import { newerThan, sizeDigits, type TapeLine, tapeOf } from './tape.ts'
import { TapeTable } from './tape-table.tsx'

const shownLines = 40

const emptyWords: Readonly<Record<HistoryState, string>> = {
  waiting: 'Waiting for the newest trades.',
  there: 'No trade yet. The next one appears by itself.',
  failed: 'Earlier trades did not come. The next one appears by itself.',
}

/** The lines as they were when somebody came to them, for as long as they stay. */
const useStill = (lines: readonly TapeLine[], held: boolean): readonly TapeLine[] => {
  const [kept, setKept] = useState(lines)
  if (!held && kept !== lines) setKept(lines)
  return held ? kept : lines
}

const pricesOf = (lines: readonly TapeLine[]): number[] =>
  lines.flatMap((line) => (line.kind === 'trade' ? line.price : []))

interface TapeListProps {
  readonly product: string
  readonly history: HistoryState
}

/** The trade tape: every trade in order, gaps named; it stands still while the pointer is on it. */
export const TapeList = memo(({ product, history }: TapeListProps) => {
  const records = useRecords('crypto.trades', product)
  const lines = useMemo(
    () =>
      tapeOf(
        records.map(({ value }) => value),
        shownLines,
      ),
    [records],
  )
  const { held, listeners } = useHeld()
  const still = useStill(lines, held)
  const newer = held ? newerThan(still, lines) : 0
  const prices = pricesOf(still)
  return (
    <div className="grid gap-2" {...listeners}>
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="font-semibold">Trades</h3>
        {newer > 0 && (
          <span className="text-12 text-muted">
            standing still, {newer < shownLines ? newer : `${shownLines} or more`} newer
          </span>
        )}
      </div>
      {still.length === 0 ? (
        <p className="py-3 text-muted">{emptyWords[history]}</p>
      ) : (
        <TapeTable
          lines={still}
          symbol={symbolOf(product)}
          fraction={columnFraction(prices)}
          digits={sizeDigits(prices[0] ?? 1)}
        />
      )}
    </div>
  )
})
