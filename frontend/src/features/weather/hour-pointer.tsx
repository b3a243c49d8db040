import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import type { UnitSystem } from '../../ui/units.ts'
import { type HourPoint, nearestPoint, pointByKey } from './chart.ts'
import { type HourWords, hourWords } from './hour-words.ts'

interface PointerProps {
  readonly points: readonly HourPoint[]
  readonly zone: string
  readonly units: UnitSystem
}

const Readout = ({ point, words }: { point: HourPoint; words: HourWords }) => (
  <div aria-hidden="true" className="pointer-events-none absolute inset-0 z-10">
    <span
      className="absolute inset-y-0 w-px bg-accent"
      style={{ left: `${point.x}%`, opacity: 0.6 }}
    />
    <span
      className="absolute size-2 -translate-1/2 rounded-full bg-accent"
      style={{ left: `${point.x}%`, top: `${point.y}%` }}
    />
    {/* Moved by as much of its own width as the point is along, so it never leaves the chart. */}
    <span
      data-testid="hour-readout"
      className="absolute -top-6 rounded-md border border-line bg-surface px-2 py-1 text-12 whitespace-nowrap shadow-float"
      style={{ left: `${point.x}%`, transform: `translateX(-${point.x}%)` }}
    >
      <span className="text-muted">{words.time}</span>{' '}
      <span className="font-medium">{words.degrees}</span>{' '}
      <span className="text-muted">{words.rain}</span>
    </span>
  </div>
)

const percentAt = ({ clientX, currentTarget }: PointerEvent): number => {
  const { left, width } = currentTarget.getBoundingClientRect()
  return ((clientX - left) / width) * 100
}

/** What points at an hour of the chart: a mouse over it, a finger along it, or the arrow keys. */
export const HourPointer = ({ points, zone, units }: PointerProps) => {
  const [pointed, setPointed] = useState<number>()
  const at = Math.min(pointed ?? 0, points.length - 1)
  const point = points[at]
  if (!point) return null
  const words = hourWords(point.hour, zone, units)
  const follow = (event: PointerEvent) => setPointed(nearestPoint(points, percentAt(event)))
  const leave = () => setPointed(undefined)
  const onKeyDown = (event: KeyboardEvent) => {
    const next = pointByKey(event.key, at, points.length)
    if (event.key === 'Escape') leave()
    if (next === undefined) return
    event.preventDefault()
    setPointed(next)
  }
  return (
    <div
      role="slider"
      aria-label="Hour of the forecast"
      aria-valuemin={0}
      aria-valuemax={points.length - 1}
      aria-valuenow={at}
      aria-valuetext={Object.values(words).join(', ')}
      tabIndex={0}
      onFocus={() => setPointed((current) => current ?? 0)}
      onBlur={leave}
      onKeyDown={onKeyDown}
      onPointerDown={follow}
      onPointerMove={follow}
      // A finger leaves the glass to show what it found.
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && leave()}
      className="absolute inset-0 touch-pan-y rounded-sm"
    >
      {pointed !== undefined && <Readout point={point} words={words} />}
    </div>
  )
}
