import { type Colours, coloursAt, onColours } from '../../ui/colours.ts'
import { type Bar, rangeInSight, type Slot, tailOf } from './candles.ts'
import { addSeries, createEmpty, drawAll, drawTail, formatFor, paint, stamp } from './chart-draw.ts'

/** Candles and volume, drawn into an element. */
export interface Chart {
  /** Draws the slots; another length of bars brings the newest ones into sight. */
  show(slots: readonly Slot[], minutes: number): void
  /** Puts the crosshair on a bar, or takes it away. */
  pointAt(bar: Bar | undefined): void
  /** Reads the page's colours again. */
  recolour(): void
  remove(): void
}

/** Is told which slot the pointer is at, by its time in epoch seconds. */
export type OnPoint = (time: number | undefined) => void

/** Draws candles and volume into an element until they are removed; colours follow the page's theme. */
export const drawChart = (element: HTMLElement, onPoint: OnPoint): Chart => {
  const chart = createEmpty(element)
  const series = addSeries(chart)
  let colours: Colours = coloursAt(element)
  let shown: { readonly slots: readonly Slot[]; readonly minutes: number } = {
    slots: [],
    minutes: 0,
  }
  const recolour = () => {
    colours = coloursAt(element)
    paint(chart, series, colours)
    drawAll(series, shown.slots, colours)
  }
  recolour()
  const stopColours = onColours(recolour)
  chart.subscribeCrosshairMove(({ time }) => onPoint(typeof time === 'number' ? time : undefined))
  return {
    show(slots, minutes) {
      const before = shown
      shown = { slots, minutes }
      const tail = minutes === before.minutes ? tailOf(before.slots, slots) : undefined
      if (tail) return drawTail(series, tail, colours)
      series.candles.applyOptions({ priceFormat: formatFor(slots) })
      drawAll(series, slots, colours)
      // What slides out at the left must not move what somebody looks at; what comes in there, is new.
      const isLonger = (slots[0]?.time ?? 0) < (before.slots[0]?.time ?? Number.POSITIVE_INFINITY)
      if (isLonger || minutes !== before.minutes)
        chart.timeScale().setVisibleLogicalRange(rangeInSight(slots.length))
    },
    pointAt(bar) {
      if (bar) chart.setCrosshairPosition(bar.close, stamp(bar.time), series.candles)
      else chart.clearCrosshairPosition()
    },
    recolour,
    remove() {
      stopColours()
      chart.remove()
    },
  }
}
