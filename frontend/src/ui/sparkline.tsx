import { memo } from 'react'
import { type Series, sparklinePaths } from './sparkline-path.ts'

const width = 96
const height = 24
const minSpanMs = 10 * 60_000

interface SparklineProps {
  readonly series: Series
  /** Points further apart than this are not joined, in milliseconds. */
  readonly gapMs: number
}

/** The course of a value in 96 × 24 pixels, spaced by time. The numbers beside it say the same to a screen reader. */
export const Sparkline = memo(({ series, gapMs }: SparklineProps) => {
  const paths = sparklinePaths(series, { width, height, inset: 3, gapMs, minSpanMs })
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      className="inline-block text-muted"
    >
      <path d={paths.area} fill="currentColor" opacity="0.08" />
      <path
        d={paths.line}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      {paths.last && <circle cx={paths.last.x} cy={paths.last.y} r="2" className="fill-text" />}
    </svg>
  )
})
