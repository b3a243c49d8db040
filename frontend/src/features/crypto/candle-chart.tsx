import { memo, useMemo, useState } from 'react'
import type { HistoryState } from '../../realtime/use-history.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { CandleCanvas, chartHeight } from './candle-canvas.tsx'
import { Readout } from './candle-readout.tsx'
import { type BarMinutes, barMinutes, barsOf, type Candle } from './candles.ts'

const lengths = barMinutes.map((minutes) => ({
  value: String(minutes),
  label: `${minutes} min`,
}))

const Nothing = ({ history, onAgain }: { history: HistoryState; onAgain: () => void }) => (
  <div className={`grid place-content-center justify-items-center gap-3 text-muted ${chartHeight}`}>
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
    <div className="grid grid-cols-1 gap-2">
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
        <CandleCanvas
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
