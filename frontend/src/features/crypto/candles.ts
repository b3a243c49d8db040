import type { ValueByName } from '@flux/contracts'

/** One minute of a product. */
export type Candle = ValueByName['crypto.candles']

/** Lengths of a bar that the chart offers, in minutes. */
export const barMinutes = [1, 5, 15] as const

/** A length of a bar in minutes. */
export type BarMinutes = (typeof barMinutes)[number]

/** A bar of the chart; `time` is its start in epoch seconds. */
export interface Bar {
  readonly time: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/** A place on the time axis, with or without a bar: where nothing was traded there is none. */
export type Slot = Bar | { readonly time: number }

/** Most minutes that are drawn. */
const maxMinutes = 240

const barOf = (time: number, { open, high, low, close, volume }: Candle): Bar => ({
  time,
  open,
  high,
  low,
  close,
  volume,
})

const joined = (bar: Bar, { high, low, close, volume }: Candle): Bar => ({
  ...bar,
  high: Math.max(bar.high, high),
  low: Math.min(bar.low, low),
  close,
  volume: bar.volume + volume,
})

/** The newest minutes as bars of a length, oldest first; the candles may come in any order. */
export const barsOf = (candles: readonly Candle[], minutes: BarMinutes): Bar[] => {
  const seconds = minutes * 60
  const bars: Bar[] = []
  const newest = candles.toSorted((a, b) => a.openTime - b.openTime).slice(-maxMinutes)
  for (const candle of newest) {
    const time = Math.floor(candle.openTime / 1_000 / seconds) * seconds
    const last = bars.at(-1)
    if (last?.time === time) bars[bars.length - 1] = joined(last, candle)
    else bars.push(barOf(time, candle))
  }
  return bars
}

/** A slot for every period from the first bar to the last, so that the axis is spaced by time. */
export const slotsOf = (bars: readonly Bar[], minutes: BarMinutes): Slot[] => {
  const seconds = minutes * 60
  const slots: Slot[] = []
  for (const bar of bars) {
    let next = (slots.at(-1)?.time ?? bar.time) + seconds
    for (; next < bar.time; next += seconds) slots.push({ time: next })
    slots.push(bar)
  }
  return slots
}

/** True for a slot in which something was traded. */
export const isBar = (slot: Slot): slot is Bar => 'close' in slot

const sameSlot = (a: Slot, b: Slot | undefined): boolean => {
  if (b === undefined || a.time !== b.time || isBar(a) !== isBar(b)) return false
  if (!isBar(a) || !isBar(b)) return true
  const { open, high, low, close, volume } = b
  return (
    a.open === open && a.high === high && a.low === low && a.close === close && a.volume === volume
  )
}

/** The slots to hand on when only the last one changed or some were added after it; `undefined` when all have to be. */
export const tailOf = (
  before: readonly Slot[],
  after: readonly Slot[],
): readonly Slot[] | undefined => {
  const last = before.length - 1
  if (last < 0 || after[last]?.time !== before[last]?.time) return undefined
  const first = before.findIndex((slot, index) => !sameSlot(slot, after[index]))
  if (first >= 0 && first < last) return undefined
  return after.slice(first < 0 ? before.length : first)
}

/** The slots that are first in sight, as indices: what there is, but neither too few nor too many to read. */
export const rangeInSight = (count: number): { from: number; to: number } => ({
  from: count - Math.min(96, Math.max(40, count)),
  to: count + 2,
})
