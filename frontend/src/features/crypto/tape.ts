import type { ValueByName } from '@flux/contracts'
import type { Direction } from '../../ui/format.ts'

/** A match of a product, or a marker of matches that could not be had. */
export type TradeRecord = ValueByName['crypto.trades']

/** A line of the tape. */
export type TapeLine =
  | {
      readonly kind: 'trade'
      readonly id: number
      readonly at: number
      readonly price: number
      readonly size: number
      readonly side: 'buy' | 'sell'
      /** Against the trade before it. */
      readonly direction: Direction
    }
  | {
      readonly kind: 'gap'
      readonly id: number
      readonly at: number
      /** Trades that are not shown because nobody could give them. */
      readonly missing: number
    }

const directionFrom = (before: number | undefined, price: number): Direction => {
  if (before === undefined || before === price) return 'flat'
  return price > before ? 'up' : 'down'
}

/** The newest `count` records as lines, newest first. What lies behind a gap says nothing on direction. */
export const tapeOf = (records: readonly TradeRecord[], count: number): TapeLine[] => {
  const lines: TapeLine[] = []
  let before: number | undefined
  // One more than is shown, so that the oldest line knows its direction too.
  for (const record of records.slice(-count - 1)) {
    const { tradeId: id, at } = record
    if (record.kind === 'gap') {
      lines.push({ kind: 'gap', id, at, missing: id - record.fromTradeId + 1 })
      before = undefined
    } else {
      const { price, size, side } = record
      lines.push({
        kind: 'trade',
        id,
        at,
        price,
        size,
        side,
        direction: directionFrom(before, price),
      })
      before = price
    }
  }
  return lines.slice(-count).reverse()
}

/** How many trades came after the newest line that is shown. */
export const newerThan = (shown: readonly TapeLine[], lines: readonly TapeLine[]): number => {
  const newest = shown[0]?.id ?? Number.NEGATIVE_INFINITY
  return lines.filter(({ id }) => id > newest).length
}

/** Digits after the point for sizes of a coin: the last one is worth a cent or less. */
export const sizeDigits = (price: number): number =>
  Math.min(8, Math.max(0, Math.ceil(Math.log10(price)) + 2))
