import {
  CandlestickSeries,
  ColorType,
  CrosshairMode,
  createChart,
  HistogramSeries,
  type IChartApi,
  LineStyle,
  type UTCTimestamp,
} from 'lightweight-charts'
import { type Colours, coloursAt, onColours } from '../../ui/colours.ts'
import { formatMinute, formatPrice } from '../../ui/format.ts'
import { type Bar, isBar, rangeInSight, type Slot, tailOf } from './candles.ts'
import { tickOf } from './tick.ts'

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

// The library marks its times by a type that no number has by itself.
const stamp = (seconds: number) => seconds as UTCTimestamp

const minuteAt = (time: unknown): string =>
  typeof time === 'number' ? formatMinute(time * 1_000) : ''

const pale = (rgb: string): string => rgb.replace('rgb(', 'rgba(').replace(')', ', 0.35)')

const create = (element: HTMLElement): IChartApi =>
  createChart(element, {
    autoSize: true,
    layout: {
      // Its logo brings a style element, which the page's policy refuses; About names the library.
      attributionLogo: false,
      fontFamily: getComputedStyle(element).fontFamily,
      fontSize: 11,
    },
    crosshair: { mode: CrosshairMode.Magnet },
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.08, bottom: 0.24 } },
    timeScale: { borderVisible: false, timeVisible: true, tickMarkFormatter: minuteAt },
    localization: { timeFormatter: minuteAt },
    // The wheel and a finger's way down belong to the window that scrolls.
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false },
  })

const addSeries = (chart: IChartApi) => {
  const candles = chart.addSeries(CandlestickSeries, {
    borderVisible: false,
    priceLineStyle: LineStyle.Dashed,
  })
  const volume = chart.addSeries(HistogramSeries, {
    priceScaleId: '',
    priceFormat: { type: 'volume' },
    priceLineVisible: false,
    lastValueVisible: false,
  })
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } })
  return { candles, volume }
}

type Series = ReturnType<typeof addSeries>

const candleOf = (slot: Slot) => ({ ...slot, time: stamp(slot.time) })

const volumeOf = (slot: Slot, { up, down }: Colours) => {
  const time = stamp(slot.time)
  if (!isBar(slot)) return { time }
  return { time, value: slot.volume, color: pale(slot.close < slot.open ? down : up) }
}

const drawAll = ({ candles, volume }: Series, slots: readonly Slot[], colours: Colours): void => {
  candles.setData(slots.map(candleOf))
  volume.setData(slots.map((slot) => volumeOf(slot, colours)))
}

const drawTail = ({ candles, volume }: Series, tail: readonly Slot[], colours: Colours): void => {
  for (const slot of tail) {
    candles.update(candleOf(slot))
    volume.update(volumeOf(slot, colours))
  }
}

const paint = (chart: IChartApi, { candles }: Series, colours: Colours): void => {
  const { muted, faint, line, up, down } = colours
  const cross = { color: faint, labelBackgroundColor: faint }
  chart.applyOptions({
    layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: muted },
    grid: { vertLines: { visible: false }, horzLines: { color: line } },
    crosshair: { vertLine: cross, horzLine: cross },
  })
  candles.applyOptions({ upColor: up, downColor: down, wickUpColor: up, wickDownColor: down })
}

const formatFor = (slots: readonly Slot[]) => ({
  type: 'custom' as const,
  formatter: formatPrice,
  minMove: tickOf(slots.findLast(isBar)?.close ?? 1),
})

/** Draws candles and volume into an element until they are removed; colours follow the page's theme. */
export const drawChart = (element: HTMLElement, onPoint: OnPoint): Chart => {
  const chart = create(element)
  const series = addSeries(chart)
  let colours = coloursAt(element)
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
