import { minute } from './time.ts'

/** What traded in one span: prices in ticks, volume in size units, `start` in microseconds. */
export interface Bar {
  start: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

/** The 24 hours up to the newest trade: prices in ticks, volume in size units. */
export interface DayStats {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly volume: number
}

/** One-minute bars of the last 24 hours of one product. */
export interface Bars {
  add(time: number, price: number, size: number): void
  append(bar: Bar): void
  clear(): void
  day(): DayStats
  /** The close of the newest bar that began at or before `time`; undefined when there is none. */
  closeAt(time: number): number | undefined
  /** Oldest first. */
  list(): readonly Bar[]
}

const minutesPerDay = 1440
const nothing: DayStats = { open: 0, high: 0, low: 0, volume: 0 }

const join = (stats: DayStats, bar: Bar): DayStats =>
  stats === nothing
    ? { open: bar.open, high: bar.high, low: bar.low, volume: bar.volume }
    : {
        open: stats.open,
        high: Math.max(stats.high, bar.high),
        low: Math.min(stats.low, bar.low),
        volume: stats.volume + bar.volume,
      }

/** No bars yet. The statistics of the closed bars are summed once a minute, not once a trade. */
export const createBars = (): Bars => {
  const bars: Bar[] = []
  let closed: DayStats | undefined

  const append = (bar: Bar) => {
    const oldest = bar.start - (minutesPerDay - 1) * minute
    while ((bars[0]?.start ?? oldest) < oldest) bars.shift()
    bars.push(bar)
    closed = undefined
  }

  return {
    append,
    add: (time, price, size) => {
      const start = time - (time % minute)
      const last = bars.at(-1)
      if (last === undefined || last.start < start) {
        append({ start, open: price, high: price, low: price, close: price, volume: size })
        return
      }
      last.high = Math.max(last.high, price)
      last.low = Math.min(last.low, price)
      last.close = price
      last.volume += size
    },
    clear: () => {
      bars.length = 0
      closed = undefined
    },
    day: () => {
      const last = bars.at(-1)
      closed ??= bars.slice(0, -1).reduce(join, nothing)
      return last === undefined ? nothing : join(closed, last)
    },
    closeAt: (time) => bars.findLast((bar) => bar.start <= time)?.close,
    list: () => bars,
  }
}

/** Bars of `span` microseconds made of one-minute bars, newest first; spans without a trade are absent. */
export const mergeBars = (bars: readonly Bar[], span: number): Bar[] => {
  const merged: Bar[] = []
  for (const bar of bars) {
    const start = bar.start - (bar.start % span)
    const last = merged.at(-1)
    if (last === undefined || last.start !== start) merged.push({ ...bar, start })
    else {
      last.high = Math.max(last.high, bar.high)
      last.low = Math.min(last.low, bar.low)
      last.close = bar.close
      last.volume += bar.volume
    }
  }
  return merged.reverse()
}
