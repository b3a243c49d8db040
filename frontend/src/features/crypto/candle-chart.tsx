import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react'
import type { HistoryState } from '../../realtime/use-history.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { formatAmount, formatMinute, formatPrice } from '../../ui/format.ts'
import { type Bar, type BarMinutes, barMinutes, barsOf, type Candle, slotsOf } from './candles.ts'
import { useChart } from './use-chart.ts'

const lengths = barMinutes.map((minutes) => ({
  value: String(minutes),
  label: `${minutes} min`,
}))

const height = 'h-64'

const Figure = ({ term, children }: { term: string; children: string }) => (
  <span className="whitespace-nowrap">
    <span className="text-muted">{term}</span> {children}
  </span>
)

/** The figures of one bar: the one that is pointed at, else the newest. */
const Readout = ({ bar }: { bar: Bar | undefined }) => {
  const volume = formatAmount(bar?.volume)
  return (
    <p className="flex h-5 flex-wrap gap-x-3 overflow-hidden text-12">
      <Figure term="At">{bar ? formatMinute(bar.time * 1_000) : '–'}</Figure>
      <Figure term="O">{formatPrice(bar?.open)}</Figure>
      <Figure term="H">{formatPrice(bar?.high)}</Figure>
      <Figure term="L">{formatPrice(bar?.low)}</Figure>
      <Figure term="C">{formatPrice(bar?.close)}</Figure>
      <Figure term="Vol">{`${volume.number}${volume.unit}`}</Figure>
    </p>
  )
}

const summaryOf = (bars: readonly Bar[]): string => {
  const [first] = bars
  const last = bars.at(-1)
  if (!first || !last) return 'Candles'
  const low = Math.min(...bars.map((bar) => bar.low))
  const high = Math.max(...bars.map((bar) => bar.high))
  return `Candles from ${formatMinute(first.time * 1_000)} to ${formatMinute(last.time * 1_000)}: from ${formatPrice(first.open)} to ${formatPrice(last.close)}, between ${formatPrice(low)} and ${formatPrice(high)}. Left and right arrow read single ones.`
}

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

const Canvas = ({ bars, minutes, faded, pointed, onPoint }: CanvasProps) => {
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
      <div className={`grid place-content-center justify-items-center gap-3 text-muted ${height}`}>
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
      className={`rounded-sm ${height}`}
    />
  )
}

const Nothing = ({ history, onAgain }: { history: HistoryState; onAgain: () => void }) => (
  <div className={`grid place-content-center justify-items-center gap-3 text-muted ${height}`}>
    {history === 'waiting' && <p className="appear-after-300">Waiting for the last hours.</p>}
    {history === 'there' && <p>Nothing was traded in the last hours.</p>}
    {history === 'failed' && (
      <>
        <p>The last hours did not come.</p>
        <Button onClick={onAgain}>Ask again</Button>
      </>
    )}
  </div>
)

interface CandleChartProps {
  readonly candles: readonly Candle[]
  readonly history: HistoryState
  readonly onAgain: () => void
  readonly faded: boolean
}

const minutesOf = (text: string): BarMinutes =>
  barMinutes.find((minutes) => String(minutes) === text) ?? 1

/** Candles and volume of a product, with the length of a bar to choose and the figures of the one pointed at. */
export const CandleChart = memo(({ candles, history, onAgain, faded }: CandleChartProps) => {
  const [minutes, setMinutes] = useState<BarMinutes>(1)
  const [pointed, setPointed] = useState<number>()
  const bars = useMemo(() => barsOf(candles, minutes), [candles, minutes])
  return (
    <div className="grid gap-2">
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-semibold">Candles</h3>
        <Choice
          label="Length of a candle"
          options={lengths}
          value={String(minutes)}
          onChange={(text) => setMinutes(minutesOf(text))}
          quiet
        />
      </div>
      <Readout bar={bars.find(({ time }) => time === pointed) ?? bars.at(-1)} />
      {bars.length === 0 ? (
        <Nothing history={history} onAgain={onAgain} />
      ) : (
        <Canvas
          bars={bars}
          minutes={minutes}
          faded={faded}
          pointed={pointed}
          onPoint={setPointed}
        />
      )}
    </div>
  )
})
