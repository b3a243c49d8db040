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
import type { Colours } from '../../ui/colours.ts'
import { formatMinute, formatPrice } from '../../ui/format.ts'
import { isBar, type Slot } from './candles.ts'
import { tickOf } from './tick.ts'

/** A time as the library takes it: it marks its times by a type that no number has by itself. */
export const stamp = (seconds: number) => seconds as UTCTimestamp

const minuteAt = (time: unknown): string =>
  typeof time === 'number' ? formatMinute(time * 1_000) : ''

const pale = (rgb: string): string => rgb.replace('rgb(', 'rgba(').replace(')', ', 0.35)')

/** An empty chart in an element, which it fills. */
export const createEmpty = (element: HTMLElement): IChartApi =>
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

/** Candles, and volume below them. */
export const addSeries = (chart: IChartApi) => {
  const candles = chart.addSeries(CandlestickSeries, {
    borderVisible: false,
    // The library's own label is not legible on every colour.
    priceLineVisible: false,
    lastValueVisible: false,
  })
  const last = candles.createPriceLine({ price: 0, lineWidth: 1, lineStyle: LineStyle.Dashed })
  const volume = chart.addSeries(HistogramSeries, {
    priceScaleId: '',
    priceFormat: { type: 'volume' },
    priceLineVisible: false,
    lastValueVisible: false,
  })
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } })
  return { candles, volume, last }
}

type Series = ReturnType<typeof addSeries>

const candleOf = (slot: Slot) => ({ ...slot, time: stamp(slot.time) })

const volumeOf = (slot: Slot, { up, down }: Colours) => {
  const time = stamp(slot.time)
  if (!isBar(slot)) return { time }
  return { time, value: slot.volume, color: pale(slot.close < slot.open ? down : up) }
}

const drawLast = ({ last }: Series, slots: readonly Slot[], colours: Colours): void => {
  const bar = slots.findLast(isBar)
  if (!bar) return
  const color = bar.close < bar.open ? colours.down : colours.up
  last.applyOptions({
    ...{ price: bar.close, color, axisLabelColor: color },
    axisLabelTextColor: colours.surface,
  })
}

/** Draws all slots anew. */
export const drawAll = (series: Series, slots: readonly Slot[], colours: Colours): void => {
  series.candles.setData(slots.map(candleOf))
  series.volume.setData(slots.map((slot) => volumeOf(slot, colours)))
  drawLast(series, slots, colours)
}

/** Draws what changed or came at the end. */
export const drawTail = (series: Series, tail: readonly Slot[], colours: Colours): void => {
  for (const slot of tail) {
    series.candles.update(candleOf(slot))
    series.volume.update(volumeOf(slot, colours))
  }
  drawLast(series, tail, colours)
}

/** Gives everything but the volume its colours. */
export const paint = (chart: IChartApi, { candles }: Series, colours: Colours): void => {
  const { muted, faint, line, up, down } = colours
  const cross = { color: faint, labelBackgroundColor: line }
  chart.applyOptions({
    layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: muted },
    grid: { vertLines: { visible: false }, horzLines: { color: line } },
    crosshair: { vertLine: cross, horzLine: cross },
  })
  candles.applyOptions({ upColor: up, downColor: down, wickUpColor: up, wickDownColor: down })
}

/** How prices are written beside these slots. */
export const formatFor = (slots: readonly Slot[]) => ({
  type: 'custom' as const,
  formatter: formatPrice,
  minMove: tickOf(slots.findLast(isBar)?.close ?? 1),
})
