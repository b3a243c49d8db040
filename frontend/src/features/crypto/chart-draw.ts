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

/** Draws all slots anew. */
export const drawAll = (
  { candles, volume }: Series,
  slots: readonly Slot[],
  colours: Colours,
): void => {
  candles.setData(slots.map(candleOf))
  volume.setData(slots.map((slot) => volumeOf(slot, colours)))
}

/** Draws what changed or came at the end. */
export const drawTail = (
  { candles, volume }: Series,
  tail: readonly Slot[],
  colours: Colours,
): void => {
  for (const slot of tail) {
    candles.update(candleOf(slot))
    volume.update(volumeOf(slot, colours))
  }
}

/** Gives everything but the volume its colours. */
export const paint = (chart: IChartApi, { candles }: Series, colours: Colours): void => {
  const { muted, faint, line, up, down } = colours
  const cross = { color: faint, labelBackgroundColor: faint }
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
