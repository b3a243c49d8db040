import { type RefObject, useEffect, useState } from 'react'
import type { Chart, OnPoint } from './chart.ts'

interface ChartCode {
  readonly chart: Chart | undefined
  /** The chart's code did not come. */
  readonly failed: boolean
  again(): void
}

/** Draws a chart into an element; its code is loaded when one is first shown. `onPoint` must stay the same. */
export const useChart = (ref: RefObject<HTMLElement | null>, onPoint: OnPoint): ChartCode => {
  const [chart, setChart] = useState<Chart>()
  const [failed, setFailed] = useState(false)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt loads again
  useEffect(() => {
    let drawn: Chart | undefined
    let wanted = true
    import('./chart.ts')
      .then(({ drawChart }) => {
        if (!wanted || !ref.current) return
        drawn = drawChart(ref.current, onPoint)
        setChart(drawn)
      })
      .catch(() => {
        if (wanted) setFailed(true)
      })
    return () => {
      wanted = false
      setChart(undefined)
      drawn?.remove()
    }
  }, [ref, onPoint, attempt])
  const again = () => {
    setFailed(false)
    setAttempt(attempt + 1)
  }
  return { chart, failed, again }
}
