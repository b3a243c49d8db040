import { smoothPath } from '../../ui/smooth-path.ts'
import type { Hour } from './model.ts'

/** A rain bar in the drawing's coordinates. */
interface RainBar {
  readonly at: number
  readonly x: number
  readonly width: number
  readonly y: number
  readonly height: number
}

/** An hour on the line. */
export interface HourPoint {
  readonly hour: Hour
  readonly x: number
  readonly y: number
}

/** The next hours as a drawing of 100 × 100, to be stretched; `x` in percent of its width. */
export interface HourlyChart {
  readonly line: string
  readonly area: string
  readonly bars: readonly RainBar[]
  /** Every hour whose temperature is known. */
  readonly points: readonly HourPoint[]
  /** Those that are labelled. */
  readonly marks: readonly HourPoint[]
}

const size = 100
const hourMs = 3_600_000
/** Where the line may go, from the top: the bars stand below and behind it. */
const top = 25
const bottom = 82
/** Rain that fills a third of the height, in mm an hour: a drizzle is not to look like a flood. */
const leastRainMm = 3
const rainHeight = 40

const heightOf = (temperatures: readonly number[]) => {
  const low = Math.min(...temperatures)
  // A day that hardly changes is a flat line, not a mountain.
  const span = Math.max(4, Math.max(...temperatures) - low)
  const middle = (Math.max(...temperatures) + low) / 2
  return (celsius: number) => (top + bottom) / 2 - ((celsius - middle) / span) * (bottom - top)
}

const rainBars = (hours: readonly Hour[], x: (at: number) => number): RainBar[] => {
  const rates = hours.map((hour, index) => {
    const before = hours[index - 1]
    const steps = before ? Math.max(1, (hour.at - before.at) / hourMs) : 1
    return { hour, rate: (hour.precipitationMm ?? 0) / steps, from: before?.at ?? hour.at }
  })
  const most = Math.max(leastRainMm, ...rates.map(({ rate }) => rate))
  return rates
    .filter(({ rate, from, hour }) => rate > 0 && from < hour.at)
    .map(({ hour, rate, from }) => {
      const height = (rate / most) * rainHeight
      const gap = 0.6
      return {
        ...{ at: hour.at, x: x(from) + gap, width: x(hour.at) - x(from) - 2 * gap },
        ...{ y: size - height, height },
      }
    })
}

/** Lays the next hours out by time; nothing where fewer than two temperatures are known. */
export const hourlyChart = (
  hours: readonly Hour[],
  every: (hour: Hour, index: number) => boolean,
): HourlyChart | undefined => {
  const known = hours.flatMap((hour) =>
    hour.temperatureC === null ? [] : { hour, celsius: hour.temperatureC },
  )
  const start = known[0]?.hour.at
  const end = known.at(-1)?.hour.at
  if (start === undefined || end === undefined || end <= start) return undefined
  const x = (at: number) => ((at - start) / (end - start)) * size
  const y = heightOf(known.map(({ celsius }) => celsius))
  const points = known.map(({ hour, celsius }) => ({ hour, x: x(hour.at), y: y(celsius) }))
  const line = smoothPath(points)
  return {
    line,
    area: `${line}L${size} ${size}L0 ${size}Z`,
    bars: rainBars(
      known.map(({ hour }) => hour),
      x,
    ),
    points,
    marks: points.filter(({ hour }, index) => every(hour, index)),
  }
}

/** Index of the point nearest to `x`, in percent of the width. */
export const nearestPoint = (points: readonly HourPoint[], x: number): number =>
  points.reduce(
    (best, point, index) =>
      Math.abs(point.x - x) < Math.abs((points[best]?.x ?? Number.POSITIVE_INFINITY) - x)
        ? index
        : best,
    0,
  )

const steps: Readonly<Record<string, number>> = {
  ...{ ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 },
  ...{ Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY },
}

/** Which of `count` points a key leads to from the one at `index`; nothing where the key means nothing here. */
export const pointByKey = (key: string, index: number, count: number): number | undefined => {
  const step = steps[key]
  return step === undefined ? undefined : Math.min(count - 1, Math.max(0, index + step))
}
