import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { summaryOf } from './candle-words.ts'
import { type Bar, type BarMinutes, slotsOf } from './candles.ts'
import { useChart } from './use-chart.ts'

/** Classes of the chart's height, and of what stands in its place. */
export const chartHeight = 'h-64'

interface CanvasProps {
  readonly bars: readonly Bar[]
  readonly minutes: BarMinutes
  /** The colours around are those of values that are not fresh. */
  readonly faded: boolean
  /** Time of the bar that is pointed at, epoch seconds. */
  readonly pointed: number | undefined
  readonly onPoint: (time: number | undefined) => void
}

const stepOf: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

/** The drawn chart; arrows move its crosshair. */
export const CandleCanvas = ({ bars, minutes, faded, pointed, onPoint }: CanvasProps) => {
  const box = useRef<HTMLDivElement>(null)
  const { chart, failed, again } = useChart(box, onPoint)
  useEffect(() => chart?.show(slotsOf(bars, minutes), minutes), [chart, bars, minutes])
  // biome-ignore lint/correctness/useExhaustiveDependencies: fading changes the colours that are read
  useEffect(() => chart?.recolour(), [chart, faded])
  const pointTo = (bar: Bar | undefined) => {
    chart?.pointAt(bar)
    onPoint(bar?.time)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = bars.findIndex(({ time }) => time === pointed)
    const from = at < 0 ? bars.length : at
    pointTo(bars[Math.min(bars.length - 1, Math.max(0, from + step))])
  }
  if (failed)
    return (
      <div
        className={`grid place-content-center justify-items-center gap-3 text-muted ${chartHeight}`}
      >
        The chart’s code did not come.
        <Button onClick={again}>Load it again</Button>
      </div>
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: no element is a picture that keys point into
    <div
      ref={box}
      role="group"
      aria-label={summaryOf(bars)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows move the crosshair
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={() => pointTo(undefined)}
      className={`rounded-sm ${chartHeight}`}
    />
  )
}
